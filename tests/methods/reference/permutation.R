# Reference for kbkit.methods.permutation: residuals within kecamatan against the tier, coin with blocks.
# Run: Rscript permutation.R   Versions are written into the output.
suppressMessages({library(coin); library(jsonlite)})
d <- read.csv("villages.csv")
d <- aggregate(cbind(cases, n) ~ village + kecamatan + tier, d, sum)
d$kecamatan <- factor(d$kecamatan)
share <- tapply(d$cases, d$kecamatan, sum) / tapply(d$n, d$kecamatan, sum)
d$residual <- d$cases - d$n * share[d$kecamatan]
blocked <- independence_test(residual ~ tier | kecamatan, d, teststat = "scalar")
# coin has exact p-values for two groups without blocks: one kecamatan, top tiers against the rest.
one <- d[d$kecamatan == "K10", ]
one$top <- factor(one$tier >= 2, levels = c(TRUE, FALSE))
exact <- oneway_test(residual ~ top, one, distribution = exact())
out <- list(
  versions = list(R = R.version.string, coin = as.character(packageVersion("coin"))),
  statistic = as.numeric(statistic(blocked)),
  one = list(cases = one$cases, n = one$n, scores = as.integer(one$tier >= 2),
             statistic = as.numeric(statistic(exact)), p_value = as.numeric(pvalue(exact)))
)
write_json(out, "permutation.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
