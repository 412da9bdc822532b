# Reference for kbkit.methods.shrinkage and funnel: spdep EBest, the beta-binomial likelihood maximised by nlm and optim,
# metafor's DL and the funnel written out, on the first period of villages.csv. Run: Rscript small_areas.R
suppressMessages({library(spdep); library(metafor); library(jsonlite)})
d <- read.csv("villages.csv")
d <- d[d$year == 0, ]
x <- d$cases; n <- d$n
moments <- EBest(x, n, family = "binomial")
minus <- function(p) {
  m <- plogis(p[1]); s <- exp(-p[2])
  -sum(lbeta(m * s + x, (1 - m) * s + n - x) - lbeta(m * s, (1 - m) * s))
}
first <- optim(c(qlogis(sum(x) / sum(n)), -3), minus, control = list(reltol = 1e-15, maxit = 5000))
best <- nlm(minus, first$par, gradtol = 1e-12, steptol = 1e-14, iterlim = 1000)$estimate
m <- plogis(best[1]); s <- exp(-best[2])
a <- m * s + x; b <- (1 - m) * s + n - x
target <- sum(x) / sum(n)
v <- target * (1 - target) / n
z <- (x / n - target) / sqrt(v)
ends <- quantile(z, c(0.1, 0.9))
phi <- mean(pmin(pmax(z, ends[1]), ends[2])^2)
w <- 1 / v
tau2 <- max(0, (length(n) * phi - (length(n) - 1)) / (sum(w) - sum(w^2) / sum(w)))
limits <- function(e) list(lower = pmax(0, target - qnorm(0.999) * e), upper = pmin(1, target + qnorm(0.999) * e))
out <- list(
  versions = list(R = R.version.string, spdep = as.character(packageVersion("spdep")),
                  metafor = as.character(packageVersion("metafor"))),
  marshall = moments$estmm,
  beta_binomial = list(mean = m, variance = m * (1 - m) / (s + 1), estimate = a / (a + b), lower = qbeta(0.025, a, b),
                       upper = qbeta(0.975, a, b)),
  funnel = list(target = target, phi_plain = mean(z^2), tau2_plain = rma(x / n, v, method = "DL")$tau2, phi = phi,
                tau2 = tau2, none = limits(sqrt(v)), multiplicative = limits(sqrt(phi * v)),
                additive = limits(sqrt(v + tau2)))
)
write_json(out, "small_areas.json", digits = I(17), auto_unbox = TRUE)
