# Reference for kbkit.methods.two_way: lm with indicators of villages and periods, refitted without each kecamatan, on
# villages that move between tiers in four periods, some rows missing. Run: Rscript two_way.R
suppressMessages(library(jsonlite))
set.seed(29)
villages <- 36
d <- expand.grid(village = seq_len(villages), year = 1:4)
d$kecamatan <- (d$village %% 9) + 1
start <- sample(c(2, 3, 4, 9), villages, TRUE)
d$reached <- as.numeric(d$year >= start[d$village])
d$covered <- round(runif(nrow(d)), 3)
d$n <- 10 + rnbinom(nrow(d), mu = 50, size = 2)
d$prevalence <- round(0.25 + rnorm(villages, 0, 0.05)[d$village] - 0.01 * d$year - 0.02 * d$reached +
  0.03 * d$covered + rnorm(nrow(d), 0, 0.04), 5)
d <- d[-c(5, 40, 77), ]
fit <- function(d) coef(lm(prevalence ~ reached + covered + factor(village) + factor(year), d, weights = n))[2:3]
b <- fit(d)
without <- sapply(sort(unique(d$kecamatan)), function(k) fit(d[d$kecamatan != k, ]) - b)
G <- ncol(without)
v <- (G - 1) / G * without %*% t(without)
whole <- lm(prevalence ~ reached + covered + factor(village) + factor(year), d, weights = n)
rest <- residuals(lm(reached ~ covered + factor(village) + factor(year), d, weights = n))
shares <- d$n * rest * d$reached
out <- list(versions = list(R = R.version.string), panel = as.list(d), estimate = unname(b),
            std_error = unname(sqrt(diag(v))), covariance = v[1, 2],
            lower = unname(b - qt(0.975, G - 1) * sqrt(diag(v))),
            deviance = deviance(whole), dispersion = deviance(whole) / df.residual(whole),
            negative_weight = sum(pmin(shares, 0)) / sum(shares))
write_json(out, "two_way.json", digits = I(17), auto_unbox = TRUE)
