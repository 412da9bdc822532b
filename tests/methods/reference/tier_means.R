# Reference for kbkit.methods.propensity, overlap and tier_means: villages of the first period, all estimating equations
# stacked, the matrix of derivatives by numDeriv. Run: Rscript tier_means.R   Versions are written into the output.
suppressMessages({library(MASS); library(nnet); library(numDeriv); library(jsonlite)})
d <- read.csv("villages.csv")
d <- d[d$year == 0, ]
d$size <- log(d$n)
X <- cbind(d$remote, d$size)
T <- d$tier
tiers <- 0:3
polish <- function(par, log_likelihood) {
  for (i in 1:4) par <- par - drop(solve(hessian(log_likelihood, par), grad(log_likelihood, par)))
  par
}
ordinal <- function(par) {
  below <- cbind(0, sapply(1:3, function(k) plogis(par[k] - drop(X %*% par[4:5]))), 1)
  below[, 2:5] - below[, 1:4]
}
multinomial <- function(par) {
  e <- cbind(1, exp(cbind(1, X) %*% matrix(par, 3)))
  e / rowSums(e)
}
own <- function(P) P[cbind(seq_along(T), T + 1)]
clustered <- function(V) { s <- rowsum(V, d$kecamatan); crossprod(s) * nrow(s) / (nrow(s) - 1) }
outcome_design <- function(t) cbind(1, t == 1, t == 2, t == 3, X)

describe <- function(P, start) {
  log_likelihood <- function(par) sum(log(own(P(par))))
  par <- polish(start, log_likelihood)
  k <- length(par)
  pi <- P(par)
  # One row's score by numerical derivative of its own log-probability, at any parameters.
  score <- function(par) jacobian(function(q) log(own(P(q))), par)
  fit <- glm(cbind(cases, n - cases) ~ factor(tier) + remote + size, binomial, d,
             control = glm.control(epsilon = 1e-15, maxit = 100))
  b <- unname(coef(fit))
  ipw <- sapply(tiers, function(t) { w <- (T == t) / pi[, t + 1]; sum(w * d$cases) / sum(w * d$n) })
  aipw <- sapply(tiers, function(t) {
    w <- (T == t) / pi[, t + 1]
    q <- plogis(drop(outcome_design(rep(t, nrow(d))) %*% b))
    sum(d$n * q + w * (d$cases - d$n * q)) / sum(d$n)
  })
  ipw_terms <- function(par, mu) {
    pi <- P(par)
    sapply(tiers, function(t) (T == t) / pi[, t + 1] * (d$cases - d$n * mu[t + 1]))
  }
  aipw_terms <- function(par, b, mu) {
    pi <- P(par)
    sapply(tiers, function(t) {
      q <- plogis(drop(outcome_design(rep(t, nrow(d))) %*% b))
      d$n * (q - mu[t + 1]) + (T == t) / pi[, t + 1] * (d$cases - d$n * q)
    })
  }
  glm_terms <- function(b) outcome_design(T) * (d$cases - d$n * plogis(drop(outcome_design(T) %*% b)))
  # A is block triangular: parameters first, means last.
  covariance <- function(nuisance_terms, nuisance_A, mean_terms, nuisance, mu) {
    p <- length(nuisance)
    A <- rbind(cbind(nuisance_A, matrix(0, p, 4)),
               jacobian(function(q) colSums(mean_terms(q[1:p], q[p + 1:4])), c(nuisance, mu)))
    V <- solve(A) %*% clustered(cbind(nuisance_terms, mean_terms(nuisance, mu))) %*% t(solve(A))
    V[p + 1:4, p + 1:4]
  }
  H <- hessian(log_likelihood, par)
  V_ipw <- covariance(score(par), H, ipw_terms, par, ipw)
  Hb <- jacobian(function(q) colSums(glm_terms(q)), b)
  both <- rbind(cbind(H, matrix(0, k, 6)), cbind(matrix(0, 6, k), Hb))
  V_aipw <- covariance(cbind(score(par), glm_terms(b)), both,
                       function(q, mu) aipw_terms(q[1:k], q[k + 1:6], mu), c(par, b), aipw)
  contrast_error <- function(V) sapply(2:4, function(j) sqrt(V[j, j] + V[1, 1] - 2 * V[1, j]))
  weights <- sapply(tiers, function(t) (T == t) * d$n / pi[, t + 1])
  difference <- function(w) sapply(1:2, function(j) {
    m <- weighted.mean(X[, j], d$n)
    (apply(w, 2, function(v) weighted.mean(X[, j], v)) - m) / sqrt(weighted.mean((X[, j] - m)^2, d$n))
  })
  list(parameters = par, log_likelihood = log_likelihood(par), first_row = pi[1, ],
       weighted = list(means = ipw, std_error = sqrt(diag(V_ipw)), difference_error = contrast_error(V_ipw)),
       augmented = list(means = aipw, std_error = sqrt(diag(V_aipw)), difference_error = contrast_error(V_aipw)),
       effective_rows = colSums(weights)^2 / colSums(weights^2), largest_share = apply(weights, 2, max) / colSums(weights),
       lowest_probability = apply(pi, 2, min),
       before = difference(sapply(tiers, function(t) (T == t) * d$n)), after = difference(weights))
}
p <- polr(factor(tier) ~ remote + size, d, control = list(reltol = 1e-14))
m <- multinom(factor(tier) ~ remote + size, d, trace = FALSE, reltol = 1e-14, maxit = 1000)
out <- list(
  versions = list(R = R.version.string, MASS = as.character(packageVersion("MASS")),
                  nnet = as.character(packageVersion("nnet")), numDeriv = as.character(packageVersion("numDeriv"))),
  polr = unname(coef(p)), multinom = unname(t(coef(m))[-1, ]),
  ordinal = describe(ordinal, unname(c(p$zeta, coef(p)))),
  multinomial = describe(multinomial, as.numeric(t(coef(m))))
)
write_json(out, "tier_means.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
