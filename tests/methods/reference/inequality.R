# Reference for kbkit.methods.inequality and concentration: glm on ridits with clubSandwich; the concentration index and
# the variance of Kakwani, Wagstaff & van Doorslaer (1997, equation 14) on one row per child. Villages of the first
# period, ordered by tier (ties) and by remoteness. Run: Rscript inequality.R
suppressMessages({library(clubSandwich); library(jsonlite)})
d <- read.csv("villages.csv")
d <- d[d$year == 0, ]
ridit <- function(position, n) {
  sapply(position, function(p) (sum(n[position < p]) + sum(n[position == p]) / 2) / sum(n))
}
indices <- function(position) {
  d$rank <- ridit(position, d$n)
  fit <- glm(cbind(cases, n - cases) ~ rank, binomial, d, control = glm.control(epsilon = 1e-14, maxit = 100))
  v <- vcovCR(fit, cluster = d$kecamatan, type = "CR2")
  p <- unname(plogis(cumsum(coef(fit))))  # at rank 0 and at rank 1
  g0 <- p[1] * (1 - p[1]) * c(1, 0)
  g1 <- p[2] * (1 - p[2]) * c(1, 1)
  describe <- function(g) {
    t <- linear_contrast(fit, v, contrasts = matrix(g, 1), test = "Satterthwaite")
    c(t$SE, t$df)
  }
  slope <- describe(g1 - g0)
  ratio <- describe(g1 / p[2] - g0 / p[1])
  list(slope = c(p[2] - p[1], slope[1], slope[2], p[2] - p[1] + c(-1, 1) * qt(0.975, slope[2]) * slope[1]),
       relative = c(p[2] / p[1], ratio[2], exp(log(p[2] / p[1]) + c(-1, 1) * qt(0.975, ratio[2]) * ratio[1])))
}
children <- function(position) {
  # One row per child, no ties: villages in order and the children of a village in random order.
  set.seed(5)
  y <- unlist(lapply(order(position), function(i) sample(rep(c(1, 0), c(d$cases[i], d$n[i] - d$cases[i])))))
  n <- length(y)
  r <- (seq_len(n) - 0.5) / n
  m <- mean(y)
  c_index <- 2 * mean((y - m) * (r - 0.5)) / m
  q <- cumsum(y) / sum(y)
  a <- y / m * (2 * r - 1 - c_index) + 2 - c(0, q[-n]) - q
  # The variance of a has n - 1 below it here, n in their equation: the cluster formula's G / (G - 1).
  list(y = y, index = c_index, std_error = sqrt((mean(a^2) - (1 + c_index)^2) / (n - 1)),
       erreygers = 4 * m * c_index, wagstaff = c_index / (1 - m))
}
grouped <- function(position) {
  r <- ridit(position, d$n)
  m <- sum(d$cases) / sum(d$n)
  2 * cov.wt(cbind(d$cases / d$n, r), wt = d$n / sum(d$n), method = "ML")$cov[1, 2] / m
}
out <- list(
  versions = list(R = R.version.string, clubSandwich = as.character(packageVersion("clubSandwich"))),
  tier = c(indices(d$tier), list(concentration = grouped(d$tier))),
  remote = c(indices(d$remote), list(concentration = grouped(d$remote))),
  children = children(d$remote)
)
write_json(out, "inequality.json", digits = I(17), auto_unbox = TRUE)
