# Reference for kbkit.methods.proportions, wald and power: closed forms of base R.
# Run: Rscript proportions.R
suppressMessages(library(jsonlite))
groups <- list(c(0, 12), c(1, 30), c(7, 40), c(56, 70), c(2342, 10832), c(25, 25))
intervals <- lapply(groups, function(g) {
  x <- g[1]; n <- g[2]
  wilson <- suppressWarnings(prop.test(x, n, correct = FALSE)$conf.int)
  wilson_90 <- suppressWarnings(prop.test(x, n, correct = FALSE, conf.level = 0.9)$conf.int)
  jeffreys <- qbeta(c(0.025, 0.975), x + 0.5, n - x + 0.5)
  # Brown, Cai & DasGupta 2001: the Jeffreys interval begins at 0 without a case and ends at 1 with cases only.
  if (x == 0) jeffreys[1] <- 0
  if (x == n) jeffreys[2] <- 1
  list(cases = x, n = n, wilson = as.numeric(wilson), wilson_90 = as.numeric(wilson_90), jeffreys = jeffreys,
       clopper_pearson = as.numeric(binom.test(x, n)$conf.int))
})
pairs <- list(c(56, 70, 48, 80), c(9, 120, 31, 150), c(2342, 10832, 801, 3300))
comparisons <- lapply(pairs, function(g) {
  x <- g[c(1, 3)]; n <- g[c(2, 4)]
  test <- prop.test(x, n, correct = FALSE)
  table <- data.frame(group = c(1, 0), x = x, n = n)
  tight <- glm.control(epsilon = 1e-15, maxit = 100)
  log_fit <- suppressWarnings(
    glm(cbind(x, n - x) ~ group, binomial("log"), table, start = c(log(sum(x) / sum(n)), 0), control = tight))
  logit_fit <- suppressWarnings(glm(cbind(x, n - x) ~ group, binomial, table, control = tight))
  ends <- function(fit) {
    s <- summary(fit)$coefficients["group", ]
    unname(exp(s[1] + c(0, -1, 1) * qnorm(0.975) * s[2]))
  }
  w1 <- prop.test(x[1], n[1], correct = FALSE)$conf.int
  w0 <- prop.test(x[2], n[2], correct = FALSE)$conf.int
  p <- x / n
  d <- p[1] - p[2]
  list(cases_1 = g[1], n_1 = g[2], cases_0 = g[3], n_0 = g[4],
       difference = d,
       newcombe = c(d - sqrt((p[1] - w1[1])^2 + (w0[2] - p[2])^2), d + sqrt((w1[2] - p[1])^2 + (p[2] - w0[1])^2)),
       chi_squared = unname(test$statistic), p_value = test$p.value,
       ratio = ends(log_fit), odds_ratio = ends(logit_fit))
})
out <- list(
  versions = list(R = R.version.string), intervals = intervals, comparisons = comparisons,
  t = lapply(c(0.8, 3.7, 11, 250.5), function(df) list(df = df, quantile = qt(0.975, df), p_value = 2 * pt(-2.1, df))),
  multiplier = lapply(c(4.2, 11, 1e9), function(df) list(df = df, value = qt(0.975, df) + qt(0.8, df)))
)
write_json(out, "proportions.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
