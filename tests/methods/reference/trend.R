# Reference for kbkit.methods.trend, jonckheere_terpstra and mantel_haenszel, on the villages and on UCBAdmissions.
# Run: Rscript trend.R   Versions are written into the output.
suppressMessages({library(coin); library(metafor); library(jsonlite)})
d <- read.csv("villages.csv")
child <- data.frame(
  y = unlist(Map(function(x, n) rep(c(1, 0), c(x, n - x)), d$cases, d$n)),
  tier = rep(d$tier, d$n), kecamatan = factor(rep(d$kecamatan, d$n))
)
by_tier <- aggregate(cbind(cases, n) ~ tier, d, sum)
armitage <- prop.trend.test(by_tier$cases, by_tier$n, score = by_tier$tier)
uneven <- prop.trend.test(by_tier$cases, by_tier$n, score = c(0, 1, 4, 9))
z <- function(test) list(statistic = as.numeric(statistic(test)), p_value = as.numeric(pvalue(test)))

first <- d[d$year == 0, ]
first$rate <- first$cases / first$n
ranks <- function(values, group) {
  k <- suppressWarnings(cor.test(values, group, method = "kendall", exact = FALSE))
  list(statistic = unname(k$statistic), p_value = k$p.value)
}
two <- first[first$tier < 2, ]
wilcoxon <- suppressWarnings(wilcox.test(rate ~ tier, two, correct = FALSE, exact = FALSE))

pool <- function(a, n1, c, n0) {
  OR <- rma.mh(measure = "OR", ai = a, n1i = n1, ci = c, n2i = n0, correct = FALSE)
  RD <- rma.mh(measure = "RD", ai = a, n1i = n1, ci = c, n2i = n0, correct = FALSE)
  list(cases_1 = a, n_1 = n1, cases_0 = c, n_0 = n0,
       log_odds_ratio = unname(OR$beta[1]), log_error = OR$se, lower = OR$ci.lb, upper = OR$ci.ub,
       association = OR$MH, association_p = OR$MHp, breslow_day = OR$BD, breslow_day_p = OR$BDp,
       tarone = OR$TA, tarone_p = OR$TAp,
       difference = unname(RD$beta[1]), difference_error = RD$se)
}
top <- d$tier >= 2
total <- function(x, rows) as.numeric(tapply(x[rows], factor(d$kecamatan[rows], unique(d$kecamatan)), sum, default = 0))
# metafor wants no empty group.
held <- total(d$n, top) > 0 & total(d$n, !top) > 0
u <- UCBAdmissions
admissions <- pool(u["Admitted", "Male", ], colSums(u[, "Male", ]), u["Admitted", "Female", ], colSums(u[, "Female", ]))
base <- mantelhaen.test(u, correct = FALSE)
out <- list(
  versions = list(R = R.version.string, coin = as.character(packageVersion("coin")),
                  metafor = as.character(packageVersion("metafor"))),
  cochran_armitage = list(chi_squared = unname(armitage$statistic), p_value = armitage$p.value,
                          uneven_chi_squared = unname(uneven$statistic), uneven_p_value = uneven$p.value),
  conditional = z(independence_test(y ~ tier, child, teststat = "scalar")),
  mantel = z(independence_test(y ~ tier | kecamatan, child, teststat = "scalar")),
  jonckheere = list(villages = ranks(first$rate, first$tier),
                    tied = ranks(c(40, 35, 38, 43, 44, 41, 38, 40, 47, 44, 40, 42, 48, 40, 45, 43, 46, 44), rep(1:3, each = 6)),
                    wilcoxon_p = wilcoxon$p.value),
  mantel_haenszel = list(
    villages = pool(total(d$cases, top)[held], total(d$n, top)[held], total(d$cases, !top)[held], total(d$n, !top)[held]),
    admissions = admissions,
    admissions_base = list(odds_ratio = unname(base$estimate), chi_squared = unname(base$statistic), p_value = base$p.value))
)
write_json(out, "trend.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
