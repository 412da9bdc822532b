# Makes villages.csv: 90 villages in 12 kecamatan of very unequal size, two periods, over-dispersed counts.
# Run: Rscript villages.R   (R 4.2.2). Synthetic: no village of it exists.
set.seed(20240817)
sizes <- c(2, 3, 3, 4, 5, 6, 7, 8, 9, 11, 14, 18)
kecamatan <- rep(sprintf("K%02d", 1:12), sizes)
n_villages <- length(kecamatan)
tier <- pmin(3, pmax(0, round(rnorm(12, 1.2, 0.7)[as.integer(factor(kecamatan))] + rnorm(n_villages, 0, 0.8))))
remote <- rnorm(n_villages, 0.3 * (tier - 1.5), 1)
between <- rnorm(12, 0, 0.3)[as.integer(factor(kecamatan))]
d <- data.frame(
  village = rep(sprintf("V%03d", seq_len(n_villages)), 2),
  kecamatan = rep(kecamatan, 2),
  year = rep(0:1, each = n_villages),
  tier = rep(tier, 2),
  remote = round(rep(remote, 2), 4)
)
d$n <- 10 + rnbinom(nrow(d), mu = 60, size = 2)
linear <- -1.2 - 0.08 * d$tier + 0.2 * d$remote - 0.1 * d$year + rep(between, 2) + rep(rnorm(n_villages, 0, 0.3), 2)
d$cases <- rbinom(nrow(d), d$n, plogis(linear))
write.csv(d, "villages.csv", row.names = FALSE, quote = FALSE)
