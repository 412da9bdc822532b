# Reference for kbkit.methods.count_two_way: glm(poisson) with indicators of villages and periods and the logarithm of the
# measured children as offset, refitted without each kecamatan, on the panel of two_way.R with counts. Run: Rscript count_two_way.R
suppressMessages(library(jsonlite))
set.seed(37)
d <- as.data.frame(read_json("two_way.json", simplifyVector = TRUE)$panel)
d$cases <- rbinom(nrow(d), d$n, pmin(pmax(d$prevalence, 0.02), 0.9))
d$cases[d$village == 17] <- 0
tight <- glm.control(epsilon = 1e-14, maxit = 50)
fit <- function(d) glm(cases ~ factor(village) + factor(year) + reached + covered + offset(log(n)), poisson, d,
                       control = tight)
used <- d[d$village != 17, ]
whole <- fit(used)
terms <- c("reached", "covered")
b <- coef(whole)[terms]
without <- sapply(sort(unique(used$kecamatan)), function(k) coef(fit(used[used$kecamatan != k, ]))[terms] - b)
G <- ncol(without)
v <- (G - 1) / G * without %*% t(without)
out <- list(versions = list(R = R.version.string), panel = as.list(d), estimate = unname(b),
            std_error = unname(sqrt(diag(v))), covariance = v[1, 2],
            lower = unname(b - qt(0.975, G - 1) * sqrt(diag(v))), deviance = deviance(whole),
            dispersion = sum(residuals(whole, "pearson")^2) / df.residual(whole))
write_json(out, "count_two_way.json", digits = I(17), auto_unbox = TRUE)
