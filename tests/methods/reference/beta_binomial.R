# Reference for kbkit.methods.beta_binomial: the villages, and cbpp of lme4 (Lesnoff et al. 2004).
# Run: Rscript beta_binomial.R   Versions are written into the output.
# glmmTMB warns that its search ended early; the Newton steps below end it (largest_gradient).
suppressMessages({library(glmmTMB); library(VGAM); library(jsonlite)})
d <- read.csv("villages.csv")
data(cbpp, package = "lme4")
cbpp <- data.frame(cases = cbpp$incidence, n = cbpp$size, period = cbpp$period)
tight <- glmmTMBControl(optCtrl = list(iter.max = 1e4, eval.max = 1e4, rel.tol = 1e-15, x.tol = 1e-12))
describe <- function(formula, data) {
  fit <- glmmTMB(formula, data, family = glmmTMB::betabinomial(), control = tight)
  # glmmTMB stops where its criterion is met; one Newton step with its own gradient and Hessian ends the search.
  obj <- fit$obj
  par <- fit$fit$par
  for (i in 1:5) { H <- optimHess(par, obj$fn, obj$gr, control = list(ndeps = rep(1e-4, length(par)))); par <- par - drop(solve(H, drop(obj$gr(par)))) }
  V <- solve(optimHess(par, obj$fn, obj$gr, control = list(ndeps = rep(1e-4, length(par)))))
  k <- length(fixef(fit)$cond)
  v <- vglm(formula, VGAM::betabinomial, data, epsilon = 1e-12, maxit = 200)
  list(coefficients = unname(par[1:k]), std_error = unname(sqrt(diag(V))[1:k]), log_likelihood = -as.numeric(obj$fn(par)),
       icc = unname(1 / (1 + exp(par[k + 1]))), logit_icc_error = unname(sqrt(diag(V))[k + 1]),
       largest_gradient = max(abs(obj$gr(par))),
       vgam = list(coefficients = unname(coef(v)[-2]), logit_icc = unname(coef(v)[2]), log_likelihood = logLik(v)))
}
out <- list(
  versions = list(R = R.version.string, glmmTMB = as.character(packageVersion("glmmTMB")),
                  VGAM = as.character(packageVersion("VGAM"))),
  villages = describe(cbind(cases, n - cases) ~ tier + remote + year, d),
  cbpp = c(list(cases = cbpp$cases, n = cbpp$n, period = as.integer(cbpp$period)),
           describe(cbind(cases, n - cases) ~ period, cbpp))
)
write_json(out, "beta_binomial.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
