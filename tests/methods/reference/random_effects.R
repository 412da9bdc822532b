# Reference for kbkit.methods.random_effects: metafor on the BCG trials (log risk ratio), on three of them, and on
# results that agree better than chance allows. Run: Rscript random_effects.R
suppressMessages({library(metafor); library(jsonlite)})
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
sets <- list(
  bcg = list(y = as.numeric(bcg$yi), v = as.numeric(bcg$vi)),
  three = list(y = as.numeric(bcg$yi)[c(1, 4, 8)], v = as.numeric(bcg$vi)[c(1, 4, 8)]),
  alike = list(y = c(-0.02, -0.021, -0.019, -0.0205), v = c(1e-4, 2e-4, 1.5e-4, 3e-4))
)
tight <- function(method) {
  if (method %in% c("REML", "ML")) list(threshold = 1e-14, maxiter = 10000, tol = 1e-14) else list(tol = 1e-14)
}
describe <- function(y, v, method) {
  plain <- rma(y, v, method = method, test = "z", control = tight(method))
  hartung <- rma(y, v, method = method, test = "adhoc", control = tight(method))
  k <- length(y)
  # metafor's prediction interval takes the normal with test = "z"; t(k - 1) is written out.
  half <- qt(0.975, k - 1) * sqrt(plain$tau2 + plain$se^2)
  ends <- predict(hartung)
  list(method = method, tau2 = plain$tau2, i2 = plain$I2 / 100, q = plain$QE, q_p_value = plain$QEp,
       estimate = as.numeric(plain$beta),
       normal = c(plain$se, plain$ci.lb, plain$ci.ub, plain$pval, as.numeric(plain$beta) + c(-half, half)),
       hartung = c(hartung$se, hartung$ci.lb, hartung$ci.ub, hartung$pval, ends$pi.lb, ends$pi.ub))
}
out <- list(
  versions = list(R = R.version.string, metafor = as.character(packageVersion("metafor"))),
  sets = lapply(sets, function(s) list(
    estimate = s$y, variance = s$v,
    results = lapply(c("REML", "DL", "PM", "ML"), function(m) describe(s$y, s$v, m))))
)
write_json(out, "random_effects.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
