# Reference for kbkit.methods.moran: spdep on villages scattered in a square, four nearest neighbours or all within a distance,
# and one left without neighbours. Run: Rscript moran.R
suppressMessages({library(spdep); library(jsonlite)})
set.seed(11)
n <- 40
place <- cbind(runif(n), runif(n))
values <- round(place[, 1] + rnorm(n, 0, 0.5), 4)
near <- knn2nb(knearneigh(place, 4))
wide <- dnearneigh(place, 0, 0.3)
describe <- function(nb, style, left_out = integer(0)) {
  weights <- nb2mat(nb, style = style, zero.policy = TRUE)
  weights[left_out, ] <- 0
  weights[, left_out] <- 0
  kept <- setdiff(seq_len(n), left_out)
  # The unit on the island is taken out of the values too: moran.test alone would leave it in their mean.
  lw <- mat2listw(weights[kept, kept])
  x <- values[kept]
  test <- moran.test(x, lw, randomisation = TRUE, alternative = "two.sided")
  draws <- moran.mc(x, lw, nsim = 99999)$res[1:99999]
  list(weights = unname(weights), estimate = unname(test$estimate[1]), expected = unname(test$estimate[2]),
       std_error = sqrt(unname(test$estimate[3])), statistic = unname(test$statistic), p_value = test$p.value,
       permutation_p_value = mean(abs(draws - test$estimate[2]) >= abs(test$estimate[1] - test$estimate[2])))
}
out <- list(versions = list(R = R.version.string, spdep = as.character(packageVersion("spdep"))), values = values,
            cases = list(binary = describe(near, "B"), by_row = describe(wide, "W"), island = describe(near, "B", 7)))
write_json(out, "moran.json", digits = I(17), auto_unbox = TRUE)
