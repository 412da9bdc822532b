# Reference for kbkit.methods.p_values and imputation: p.adjust of base R, pool.scalar of mice.
# Run: Rscript multiplicity.R
suppressMessages({library(mice); library(jsonlite)})
p <- c(0.012, NA, 0.0004, 0.04, 0.04, 0.31, 0.9, NA, 0.049, 0.02)
adjusted <- lapply(c(holm = "holm", bonferroni = "bonferroni", bh = "BH", by = "BY"), function(m) p.adjust(p, m))
sets <- list(
  list(q = c(-0.021, -0.034, -0.018, -0.027, -0.03), u = c(1.1, 0.9, 1.3, 1, 1.2) * 1e-4),
  list(q = c(0.4, 0.41), u = c(0.02, 0.021)),
  list(q = c(1.2, 3.4, -0.5), u = c(0.1, 0.2, 0.15))
)
pooled <- unlist(lapply(sets, function(s) lapply(c(7.4, 11, 250, Inf), function(df) {
  r <- pool.scalar(s$q, s$u, n = df + 1, k = 1)
  list(estimates = s$q, variances = s$u, df = if (is.infinite(df)) NULL else df,
       expected = list(estimate = r$qbar, std_error = sqrt(r$t), df = r$df, within = r$ubar, between = r$b,
                       missing_information = r$fmi, lower = r$qbar - qt(0.975, r$df) * sqrt(r$t),
                       p_value = 2 * pt(-abs(r$qbar) / sqrt(r$t), r$df)))
})), recursive = FALSE)
out <- list(versions = list(R = R.version.string, mice = as.character(packageVersion("mice"))),
            p = p, adjusted = adjusted, pooled = pooled)
write_json(out, "multiplicity.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE, na = "null", null = "null")
