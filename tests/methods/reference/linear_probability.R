# Reference for kbkit.methods.linear_probability: lm of proportions with weights, refitted without each kecamatan, and
# the classical t of summary(lm), on the synthetic villages with fixed effects of kecamatan.
# Run: Rscript linear_probability.R
suppressMessages(library(jsonlite))
d <- read.csv("villages.csv")
d$y <- d$cases / d$n
fit <- function(d) lm(y ~ tier + remote + year + factor(kecamatan), d, weights = n)
whole <- fit(d)
b <- unname(coef(whole)["tier"])
without <- sapply(sort(unique(d$kecamatan)), function(k) unname(coef(fit(d[d$kecamatan != k, ]))["tier"]) - b)
G <- length(without)
se <- sqrt((G - 1) / G * sum(without^2))
out <- list(versions = list(R = R.version.string), estimate = b, std_error = se, df = G - 1,
            lower = b - qt(0.975, G - 1) * se, upper = b + qt(0.975, G - 1) * se,
            classical_t = unname(summary(whole)$coefficients["tier", "t value"]), df_resid = whole$df.residual)
write_json(out, "linear_probability.json", digits = I(17), auto_unbox = TRUE)
