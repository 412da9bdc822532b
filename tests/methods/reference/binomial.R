# Reference for kbkit.methods.binomial, cluster_covariance and standardisation.
# Run: Rscript binomial.R   Versions are written into the output.
suppressMessages({library(clubSandwich); library(sandwich); library(jsonlite)})
d <- read.csv("villages.csv")
d$kecamatan <- factor(d$kecamatan)
tight <- glm.control(epsilon = 1e-15, maxit = 100)
models <- list(
  tiers = cbind(cases, n - cases) ~ factor(tier) + remote + year,
  score = cbind(cases, n - cases) ~ tier + remote + year,
  score_fixed_effects = cbind(cases, n - cases) ~ tier + remote + year + kecamatan
)
with_fixed_effects <- function(name) grepl("fixed", name)

describe <- function(name) {
  fit <- suppressWarnings(glm(models[[name]], binomial, d, control = tight))
  kinds <- c("CR0", "CR1", "CR1S", "CR2", if (!with_fixed_effects(name)) "CR3")
  covariances <- lapply(setNames(nm = kinds), function(kind) {
    # clubSandwich's CR1S divides by N - K with N = rows, as here.
    V <- vcovCR(fit, cluster = d$kecamatan, type = kind)
    matrix(as.numeric(V), nrow(V))
  })
  V <- vcovCR(fit, cluster = d$kecamatan, type = "CR2")
  tests <- coef_test(fit, vcov = V, test = "Satterthwaite")
  limits <- conf_int(fit, vcov = V, test = "Satterthwaite", level = 0.95)
  phi <- sum(residuals(fit, "pearson")^2) / fit$df.residual
  list(
    terms = names(coef(fit)), coefficients = unname(coef(fit)), deviance = fit$deviance, dispersion = phi,
    model_std_error = unname(sqrt(diag(summary(fit)$cov.unscaled))),
    covariances = covariances,
    satterthwaite = list(df = tests$df_Satt, std_error = tests$SE, p_value = tests$p_Satt,
                         lower = limits$CI_L, upper = limits$CI_U)
  )
}

# sandwich is a second witness for CR0 and CR1.
sandwich_cr1 <- function(name) {
  fit <- suppressWarnings(glm(models[[name]], binomial, d, control = tight))
  V <- vcovCL(fit, cluster = d$kecamatan, type = "HC0", cadjust = TRUE)
  matrix(as.numeric(V), nrow(V))
}

# Standardised prevalence by tier and contrasts with tier 0: predictions averaged with weights n, their gradients, and
# covariance and degrees of freedom of these combinations by clubSandwich.
standardised <- function(name, values) {
  fit <- suppressWarnings(glm(models[[name]], binomial, d, control = tight))
  V <- vcovCR(fit, cluster = d$kecamatan, type = "CR2")
  rhs <- delete.response(terms(fit))
  design <- function(value) {
    e <- d
    e$tier <- if (name == "tiers") factor(value, levels = 0:3) else value
    f <- if (name == "tiers") ~ tier + remote + year else rhs
    model.matrix(f, e)
  }
  prevalence <- function(b, value) weighted.mean(plogis(drop(design(value) %*% b)), d$n)
  gradient <- function(b, value) {
    p <- plogis(drop(design(value) %*% b))
    colSums(design(value) * p * (1 - p) * d$n) / sum(d$n)
  }
  contrast <- function(g) {
    r <- linear_contrast(fit, vcov = V, contrasts = matrix(g, 1), test = "Satterthwaite", level = 0.95)
    list(std_error = r$SE, df = r$df)
  }
  b <- coef(fit)
  ratio_gradient <- function(v, base) gradient(b, v) / prevalence(b, v) - gradient(b, base) / prevalence(b, base)
  list(
    prevalence = sapply(values, function(v) prevalence(b, v)),
    levels = lapply(values, function(v) contrast(gradient(b, v))),
    differences = lapply(values[-1], function(v) contrast(gradient(b, v) - gradient(b, values[1]))),
    ratios = lapply(values[-1], function(v) contrast(ratio_gradient(v, values[1])))
  )
}

out <- list(
  versions = list(R = R.version.string, clubSandwich = as.character(packageVersion("clubSandwich")),
                  sandwich = as.character(packageVersion("sandwich"))),
  models = lapply(setNames(nm = names(models)), describe),
  sandwich_cr1 = lapply(setNames(nm = names(models)), sandwich_cr1),
  standardised = list(tiers = standardised("tiers", 0:3), score_fixed_effects = standardised("score_fixed_effects", c(0, 3)))
)
write_json(out, "binomial.json", digits = I(17), auto_unbox = TRUE, pretty = TRUE)
