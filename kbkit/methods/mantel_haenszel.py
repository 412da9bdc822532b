"""Two groups compared within strata: Mantel-Haenszel odds ratio and risk difference, **unclustered**.

Estimand: the odds ratio, or the difference in proportions, of group 1 against group 0 that is common to all strata.

Formula: with ``a`` of ``n1`` and ``c`` of ``n0`` in a stratum, ``b = n1 - a``, ``d = n0 - c``, ``N = n1 + n0``,
``R = ad/N``, ``S = bc/N``, ``P = (a + d)/N``, ``Q = (b + c)/N`` and sums over strata: odds ratio ``sum R / sum S`` with
``var(log) = sum PR / (2 (sum R)^2) + sum (PS + QR) / (2 sum R sum S) + sum QS / (2 (sum S)^2)``. Difference
``D = sum (a n0 - c n1)/N / sum n1 n0/N`` with variance ``(D U + V) / (sum n1 n0/N)^2`` where
``U = sum (n1^2 c - n0^2 a + n1 n0 (n0 - n1)/2) / N^2`` and ``V = sum (ad + bc) / 2N``.
Association: ``(sum a - E a)^2 / sum n1 n0 m (N - m) / (N^2 (N - 1))``, ``m = a + c``, one degree of freedom, no
continuity correction. Homogeneity: with ``e`` the expected ``a`` under the common odds ratio and
``v = 1 / (1/e + 1/(n1-e) + 1/(m-e) + 1/(n0-m+e))``, Breslow-Day ``sum (a - e)^2 / v``, and Tarone's, which takes off
``(sum a - e)^2 / sum v``; both on as many degrees of freedom as there are informative strata less one.

Assumptions: independent units, one odds ratio (one difference) in all strata. Children of one village are not
independent units; the ``method`` of every part says ``unclustered``.

Edge cases: strata without a unit in one of the groups say nothing. Nobody measured: ``Undefined("nothing_measured")``;
no stratum with both groups: ``Undefined("one_group")``. ``sum R`` or ``sum S`` of 0 leaves the odds ratio, and with it
the homogeneity, ``Undefined("empty_cell")``; no variation of the outcome leaves the association
``Undefined("no_variance")``, and so does the difference where its variance is 0. Homogeneity of fewer than two
informative strata is ``Undefined("one_stratum")``.

Source: Mantel & Haenszel, Journal of the National Cancer Institute 1959, 22:719-748; Robins, Breslow & Greenland,
Biometrics 1986, 42:311-323 (variance of the log odds ratio); Sato, Biometrics 1989, 45:1323-1324 (variance of the
difference); Breslow & Day, Statistical Methods in Cancer Research I, 1980; Tarone, Biometrika 1985, 72:91-95.

Checked against: R 4.2.2 ``mantelhaen.test(correct = FALSE)`` and metafor 3.8-1 ``rma.mh`` for odds ratio and
difference, Breslow-Day and Tarone; statsmodels 0.15 ``StratifiedTable``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from kbkit.methods.counts import FloatArray, as_counts, check_level
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import difference_contrast, ratio_contrast
from kbkit.results import Contrasted, Undefined


@dataclass(frozen=True, kw_only=True)
class ChiSquaredTest:
    """A statistic with chi-squared reference.

    Attributes:
        statistic: the statistic.
        df: degrees of freedom.
        p_value: probability of a larger statistic under the hypothesis.
        method: name of the test.
    """

    statistic: float
    df: int
    p_value: float
    method: str


@dataclass(frozen=True, kw_only=True)
class MantelHaenszel:
    """Group 1 against group 0, stratum by stratum and pooled.

    Attributes:
        odds_ratio: common odds ratio.
        difference: common difference in proportions.
        association: test that no stratum has an association.
        breslow_day: test that all strata have one odds ratio.
        tarone: the same with Tarone's correction, which is the one to read.
        n_strata: strata with units in both groups.
    """

    odds_ratio: Contrasted
    difference: Contrasted
    association: ChiSquaredTest | Undefined
    breslow_day: ChiSquaredTest | Undefined
    tarone: ChiSquaredTest | Undefined
    n_strata: int


class _Tables(NamedTuple):
    """Cells and sizes of the strata that hold both groups, each of shape ``(strata,)``."""

    a: FloatArray
    b: FloatArray
    c: FloatArray
    d: FloatArray
    n_1: FloatArray
    n_0: FloatArray
    total: FloatArray


def mantel_haenszel(
    *, cases_1: ArrayLike, n_1: ArrayLike, cases_0: ArrayLike, n_0: ArrayLike, level: float = DEFAULT_LEVEL
) -> MantelHaenszel | Undefined:
    """Compare two groups within strata, units taken as independent.

    Args:
        cases_1: cases of group 1 in every stratum, shape ``(strata,)``.
        n_1: measured units of group 1, shape ``(strata,)``.
        cases_0: cases of the reference group, shape ``(strata,)``.
        n_0: measured units of the reference group, shape ``(strata,)``.
        level: coverage of the intervals, 0-1.

    Raises:
        ValueError: the arrays do not fit together, or ``level`` is outside (0, 1).
    """
    check_level(level)
    a, size_1 = as_counts(cases=cases_1, n=n_1)
    c, size_0 = as_counts(cases=cases_0, n=n_0)
    if size_1.shape != size_0.shape:
        raise ValueError(f"both groups need one row per stratum, not {size_1.size} and {size_0.size}")
    if size_1.sum() + size_0.sum() == 0:
        return Undefined(reason="nothing_measured")
    both = (size_1 > 0) & (size_0 > 0)
    if not both.any():
        return Undefined(reason="one_group")
    tables = _Tables(a, size_1 - a, c, size_0 - c, size_1, size_0, size_1 + size_0)
    tables = _Tables(*(column[both] for column in tables))
    odds_ratio = _odds_ratio(tables, level)
    breslow_day, tarone = _homogeneity(tables, odds_ratio)
    return MantelHaenszel(
        odds_ratio=odds_ratio,
        difference=_difference(tables, level),
        association=_association(tables),
        breslow_day=breslow_day,
        tarone=tarone,
        n_strata=int(both.sum()),
    )


def _odds_ratio(tables: _Tables, level: float) -> Contrasted:
    a, b, c, d, _, _, total = tables
    for_case, against = a * d / total, b * c / total
    concordant, discordant = (a + d) / total, (b + c) / total
    top, bottom = float(for_case.sum()), float(against.sum())
    if top == 0 or bottom == 0:
        return Undefined(reason="empty_cell")
    variance = (
        float(concordant @ for_case) / (2 * top**2)
        + float(concordant @ against + discordant @ for_case) / (2 * top * bottom)
        + float(discordant @ against) / (2 * bottom**2)
    )
    return ratio_contrast(
        log_ratio=log(top / bottom),
        log_error=sqrt(variance),
        df=None,
        level=level,
        term="1 / 0",
        method="mantel_haenszel_odds_ratio_unclustered",
    )


def _difference(tables: _Tables, level: float) -> Contrasted:
    a, b, c, d, n_1, n_0, total = tables
    weight = float(np.sum(n_1 * n_0 / total))
    difference = float(np.sum((a * n_0 - c * n_1) / total)) / weight
    slope = float(np.sum((n_1**2 * c - n_0**2 * a + n_1 * n_0 * (n_0 - n_1) / 2) / total**2))
    variance = (difference * slope + float(np.sum((a * d + b * c) / (2 * total)))) / weight**2
    if variance <= 0:
        return Undefined(reason="no_variance")
    return difference_contrast(
        estimate=difference,
        std_error=sqrt(variance),
        df=None,
        level=level,
        term="1 - 0",
        method="mantel_haenszel_difference_unclustered",
    )


def _association(tables: _Tables) -> ChiSquaredTest | Undefined:
    with_case = tables.a + tables.c
    products = tables.n_1 * tables.n_0 * with_case * (tables.total - with_case)
    variance = float(np.sum(products / (tables.total**2 * (tables.total - 1))))
    if variance == 0:
        return Undefined(reason="no_variance")
    excess = float(np.sum(tables.a - tables.n_1 * with_case / tables.total))
    return _chi_squared(excess**2 / variance, df=1, method="cochran_mantel_haenszel")


def _homogeneity(tables: _Tables, odds_ratio: Contrasted) -> tuple[ChiSquaredTest | Undefined, ...]:
    """Return the tests of Breslow-Day and of Tarone."""
    if isinstance(odds_ratio, Undefined):
        return odds_ratio, odds_ratio
    with_case = tables.a + tables.c
    varied = (with_case > 0) & (with_case < tables.total)
    if varied.sum() < 2:
        return Undefined(reason="one_stratum"), Undefined(reason="one_stratum")
    n_1, n_0, with_case = tables.n_1[varied], tables.n_0[varied], with_case[varied]
    expected = _expected_cases(n_1, n_0, with_case, odds_ratio.estimate)
    variance = 1 / (1 / expected + 1 / (n_1 - expected) + 1 / (with_case - expected) + 1 / (n_0 - with_case + expected))
    deviation = tables.a[varied] - expected
    breslow_day, df = float(np.sum(deviation**2 / variance)), int(varied.sum()) - 1
    tarone = breslow_day - float(deviation.sum() ** 2 / variance.sum())
    return _chi_squared(breslow_day, df=df, method="breslow_day"), _chi_squared(tarone, df=df, method="tarone")


def _expected_cases(n_1: FloatArray, n_0: FloatArray, with_case: FloatArray, odds_ratio: float) -> FloatArray:
    """Return the cases of group 1 that the margins and the odds ratio make expected.

    The root of ``(r - 1) e^2 - B e + r n1 m = 0`` that lies within the margins, in the form that no odds ratio near 1
    makes unstable.
    """
    linear = odds_ratio * (n_1 + with_case) + n_0 - with_case
    root = np.sqrt(linear**2 - 4 * odds_ratio * (odds_ratio - 1) * n_1 * with_case)
    expected: FloatArray = 2 * odds_ratio * n_1 * with_case / (linear + root)
    return expected


def _chi_squared(statistic: float, *, df: int, method: str) -> ChiSquaredTest:
    return ChiSquaredTest(
        statistic=statistic, df=df, p_value=float(chdtrc(df, statistic)), method=f"{method}_unclustered"
    )
