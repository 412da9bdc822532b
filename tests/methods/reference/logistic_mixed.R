# Reference for kbkit.methods.logistic_mixed: lme4 on its cbpp (one level) and on the villages (one and two levels).
# The deviance functions are lme4's; Newton steps with numDeriv end the search, whose own stopping rule is coarser.
# Run: Rscript logistic_mixed.R   Versions are written into the output.
suppressMessages({library(lme4); library(numDeriv); library(jsonlite)})
d <- read.csv("villages.csv")
data(cbpp, package = "lme4")
control <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-13, calc.derivs = FALSE,
                        optCtrl = list(rhobeg = 1e-2, rhoend = 1e-9, maxfun = 1e5))
describe <- function(formula, data, nAGQ) {
  fit <- glmer(formula, data, binomial, nAGQ = nAGQ, control = control)
  deviance <- glmer(formula, data, binomial, nAGQ = nAGQ, control = control, devFunOnly = TRUE)
  par <- c(getME(fit, "theta"), fixef(fit))
  for (i in 1:3) par <- par - solve(hessian(deviance, par), grad(deviance, par))
  levels <- length(getME(fit, "theta"))
  V <- 2 * solve(hessian(deviance, par))
  # With quadrature lme4's logLik is less that of the saturated model.
  list(coefficients = unname(par[-(1:levels)]), std_error = unname(sqrt(diag(V))[-(1:levels)]),
       sd = setNames(as.list(unname(par[1:levels])), names(getME(fit, "theta"))),
       log_likelihood = as.numeric(logLik(fit)), largest_gradient = max(abs(grad(deviance, par))))
}
v <- cbind(cases, n - cases) ~ tier + remote + year
out <- list(
  versions = list(R = R.version.string, lme4 = as.character(packageVersion("lme4")),
                  numDeriv = as.character(packageVersion("numDeriv"))),
  cbpp = c(list(cases = cbpp$incidence, n = cbpp$size, period = as.integer(cbpp$period), herd = as.integer(cbpp$herd)),
           describe(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp, 25)),
  one_level = describe(update(v, . ~ . + (1 | kecamatan)), d, 25),
  two_levels = describe(update(v, . ~ . + (1 | kecamatan) + (1 | village)), d, 1)
)
write_json(out, "logistic_mixed.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
