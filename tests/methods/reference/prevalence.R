# Reference for kbkit.methods.clustered_prevalence: survey on one row per child, kecamatan as sampling units.
# Run: Rscript prevalence.R
suppressMessages({library(survey); library(jsonlite)})
d <- read.csv("villages.csv")
describe <- function(d) {
  child <- data.frame(
    y = unlist(Map(function(x, n) rep(c(1, 0), c(x, n - x)), d$cases, d$n)),
    kecamatan = rep(d$kecamatan, d$n)
  )
  design <- svydesign(ids = ~kecamatan, weights = ~1, data = child)
  m <- svymean(~y, design, deff = "replace")
  interval <- svyciprop(~y, design, method = "logit", level = 0.95)
  ms <- summary(aov(y ~ kecamatan, child))[[1]][["Mean Sq"]]
  sizes <- table(child$kecamatan)
  m0 <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
  list(estimate = unname(coef(m)), std_error = unname(drop(SE(m))), design_effect = unname(drop(deff(m))),
       df = degf(design), lower = unname(attr(interval, "ci")[1]), upper = unname(attr(interval, "ci")[2]),
       icc = (ms[1] - ms[2]) / (ms[1] + (m0 - 1) * ms[2]))
}
out <- list(
  versions = list(R = R.version.string, survey = as.character(packageVersion("survey"))),
  all = describe(d), first_period = describe(d[d$year == 0, ]), top_tier = describe(d[d$tier == 3, ])
)
write_json(out, "prevalence.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
