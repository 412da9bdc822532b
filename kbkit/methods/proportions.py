"""One proportion, and two independent proportions compared, without clusters.

Estimand: the share ``p = P(case)`` of one group; for two groups the difference ``p1 - p0``, the ratio ``p1 / p0`` and
the odds ratio ``p1 (1 - p0) / (p0 (1 - p1))``.

Formula: with ``x`` cases of ``n``, ``q = 1 - p`` and ``z`` the normal quantile at ``(1 + level) / 2``:
Wilson ``(p + z^2/2n +- z sqrt(pq/n + z^2/4n^2)) / (1 + z^2/n)``; Clopper-Pearson the beta quantiles
``B(a/2; x, n-x+1)`` and ``B(1-a/2; x+1, n-x)``; Jeffreys ``B(a/2; x+1/2, n-x+1/2)`` and ``B(1-a/2; same)``.
Difference: Newcombe's hybrid of the two Wilson intervals ``(l1, u1)`` and ``(l0, u0)``,
``d - sqrt((p1-l1)^2 + (u0-p0)^2)`` and ``d + sqrt((u1-p1)^2 + (p0-l0)^2)``, tested by the pooled score statistic
``d / sqrt(pq (1/n1 + 1/n0))``. Ratio and odds ratio: normal on the log scale with variances
``1/x1 - 1/n1 + 1/x0 - 1/n0`` and ``1/x1 + 1/(n1-x1) + 1/x0 + 1/(n0-x0)``, no constant added to any cell.

Assumptions: independent units with one probability in each group. Children of one village are not such units: where
there is more than one village use :mod:`kbkit.methods.clustered_prevalence` or :mod:`kbkit.methods.binomial`.

Edge cases: nobody measured gives ``Undefined("nothing_measured")``. With no case, or cases only, Wilson and
Clopper-Pearson need no repair; Jeffreys then takes 0 as its lower or 1 as its upper limit, and the standard error is
``None``. A ratio needs a case in both groups, else ``Undefined("no_cases")``; an odds ratio needs cases and non-cases
in both, else ``Undefined("empty_cell")``. Two groups without any variation have no score test: statistic and p-value
of the difference are ``None``.

Source: Wilson, JASA 1927, 22:209-212; Clopper & Pearson, Biometrika 1934, 26:404-413; Brown, Cai & DasGupta,
Statistical Science 2001, 16:101-133 (Jeffreys and its ends); Newcombe, Statistics in Medicine 1998, 17:873-890 (his
method 10); Katz, Baptista, Azen & Pike, Biometrics 1978, 34:469-474 (ratio); Woolf, Annals of Human Genetics 1955,
19:251-253 (odds ratio).

Checked against: R 4.2.2 ``prop.test(correct = FALSE)`` (Wilson, score test), ``binom.test``, ``qbeta`` and ``glm`` with
log and logit links; Newcombe's printed example 56/70 against 48/80, 0.0524 to 0.3339.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

from scipy.special import betaincinv

from kbkit.methods.counts import check_level
from kbkit.methods.wald import critical_value, ratio_contrast, two_sided_p
from kbkit.results import Contrast, Contrasted, Estimate, Undefined

IntervalMethod = Literal["wilson", "jeffreys", "clopper_pearson"]

DEFAULT_LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class ProportionComparison:
    """Group 1 against group 0, three ways.

    Attributes:
        difference: ``p1 - p0``, Newcombe's hybrid score interval.
        ratio: ``p1 / p0``, log interval.
        odds_ratio: odds of group 1 over odds of group 0, log interval.
    """

    difference: Contrasted
    ratio: Contrasted
    odds_ratio: Contrasted


def proportion_interval(
    *, cases: int, n: int, level: float = DEFAULT_LEVEL, method: IntervalMethod = "wilson"
) -> Estimate | Undefined:
    """Estimate one proportion with its interval.

    Args:
        cases: units with the outcome.
        n: units measured.
        level: coverage of the interval, 0-1.
        method: ``wilson`` (the default: near its level on average and never outside 0-1), ``jeffreys`` (equal tails),
            or ``clopper_pearson`` (never below its level).

    Raises:
        ValueError: ``0 <= cases <= n`` does not hold, or ``level`` is outside (0, 1).
    """
    _check_group(cases=cases, n=n)
    check_level(level)
    if n == 0:
        return Undefined(reason="nothing_measured")
    lower, upper = _INTERVALS[method](cases, n, level)
    share = cases / n
    return Estimate(
        estimate=share,
        std_error=sqrt(share * (1 - share) / n) if 0 < cases < n else None,
        lower=lower,
        upper=upper,
        level=level,
        method=method,
    )


def compare_proportions(
    *, cases_1: int, n_1: int, cases_0: int, n_0: int, level: float = DEFAULT_LEVEL
) -> ProportionComparison:
    """Compare the proportion of group 1 with that of group 0, as independent units.

    Args:
        cases_1: cases of group 1.
        n_1: measured units of group 1.
        cases_0: cases of the reference group.
        n_0: measured units of the reference group.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: ``0 <= cases <= n`` does not hold in a group, or ``level`` is outside (0, 1).
    """
    _check_group(cases=cases_1, n=n_1)
    _check_group(cases=cases_0, n=n_0)
    check_level(level)
    if n_1 == 0 or n_0 == 0:
        nothing = Undefined(reason="nothing_measured")
        return ProportionComparison(difference=nothing, ratio=nothing, odds_ratio=nothing)
    return ProportionComparison(
        difference=_difference(cases_1, n_1, cases_0, n_0, level),
        ratio=_ratio(cases_1, n_1, cases_0, n_0, level),
        odds_ratio=_odds_ratio(cases_1, n_1, cases_0, n_0, level),
    )


def clopper_pearson_limits(cases: float, n: float, level: float) -> tuple[float, float]:
    """Return the exact binomial limits; ``n`` and ``cases`` may be effective, not whole, numbers."""
    tail = (1 - level) / 2
    lower = 0.0 if cases == 0 else float(betaincinv(cases, n - cases + 1, tail))
    upper = 1.0 if cases == n else float(betaincinv(cases + 1, n - cases, 1 - tail))
    return lower, upper


def _check_group(*, cases: int, n: int) -> None:
    if not 0 <= cases <= n:
        raise ValueError(f"cases must lie between 0 and n, not {cases} of {n}")


def _wilson_limits(cases: float, n: float, level: float) -> tuple[float, float]:
    z = critical_value(level=level, df=None)
    share, weight = cases / n, z * z / n
    half = z * sqrt(share * (1 - share) / n + weight / (4 * n))
    lower = (share + weight / 2 - half) / (1 + weight)
    upper = (share + weight / 2 + half) / (1 + weight)
    # The two ends are 0 and 1 exactly; rounding would leave them at 1e-18 on either side.
    return (0.0 if cases == 0 else lower), (1.0 if cases == n else upper)


def _jeffreys_limits(cases: float, n: float, level: float) -> tuple[float, float]:
    tail, a, b = (1 - level) / 2, cases + 0.5, n - cases + 0.5
    lower = 0.0 if cases == 0 else float(betaincinv(a, b, tail))
    upper = 1.0 if cases == n else float(betaincinv(a, b, 1 - tail))
    return lower, upper


_INTERVALS = {
    "wilson": _wilson_limits,
    "jeffreys": _jeffreys_limits,
    "clopper_pearson": clopper_pearson_limits,
}


def _difference(cases_1: int, n_1: int, cases_0: int, n_0: int, level: float) -> Contrast:
    p1, p0, pooled = cases_1 / n_1, cases_0 / n_0, (cases_1 + cases_0) / (n_1 + n_0)
    (l1, u1), (l0, u0) = _wilson_limits(cases_1, n_1, level), _wilson_limits(cases_0, n_0, level)
    difference = p1 - p0
    null_error = sqrt(pooled * (1 - pooled) * (1 / n_1 + 1 / n_0))
    statistic = difference / null_error if null_error > 0 else None
    return Contrast(
        term="difference",
        scale="difference",
        estimate=difference,
        std_error=sqrt(p1 * (1 - p1) / n_1 + p0 * (1 - p0) / n_0),
        statistic=statistic,
        p_value=None if statistic is None else two_sided_p(statistic=statistic, df=None),
        lower=difference - sqrt((p1 - l1) ** 2 + (u0 - p0) ** 2),
        upper=difference + sqrt((u1 - p1) ** 2 + (p0 - l0) ** 2),
        level=level,
        method="newcombe_hybrid_score",
    )


def _ratio(cases_1: int, n_1: int, cases_0: int, n_0: int, level: float) -> Contrasted:
    if cases_1 == 0 or cases_0 == 0:
        return Undefined(reason="no_cases")
    ratio = (cases_1 / n_1) / (cases_0 / n_0)
    log_error = sqrt(1 / cases_1 - 1 / n_1 + 1 / cases_0 - 1 / n_0)
    return _log_scale_contrast(ratio, log_error, level, term="ratio", method="log_ratio")


def _odds_ratio(cases_1: int, n_1: int, cases_0: int, n_0: int, level: float) -> Contrasted:
    cells = (cases_1, n_1 - cases_1, cases_0, n_0 - cases_0)
    if min(cells) == 0:
        return Undefined(reason="empty_cell")
    ratio = (cells[0] * cells[3]) / (cells[1] * cells[2])
    log_error = sqrt(sum(1 / cell for cell in cells))
    return _log_scale_contrast(ratio, log_error, level, term="odds_ratio", method="log_odds_ratio")


def _log_scale_contrast(ratio: float, log_error: float, level: float, *, term: str, method: str) -> Contrasted:
    if log_error == 0:
        return Undefined(reason="no_variance")
    return ratio_contrast(log_ratio=log(ratio), log_error=log_error, df=None, level=level, term=term, method=method)
