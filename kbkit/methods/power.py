"""What a comparison could have shown: design effect and minimum detectable difference.

Estimand: the smallest true difference that the test of a contrast finds with the stated power; the factor by which
clustering inflates a variance.

Formula: ``(t(1 - a/2; df) + t(power; df)) se`` with ``a = 1 - level``; normal quantiles where ``df`` is ``None``. For
two groups ``se = sqrt(D p (1 - p) (1/n1 + 1/n0))`` with design effect ``D``. The design effect of clusters of
``m_j`` units with intracluster correlation ``r`` is ``1 + (sum m_j^2 / sum m_j - 1) r``.

Assumptions: the standard error is that of the analysis which will be, or was, made: the two-group formula knows no
adjustment and takes one prevalence for both groups, so where a fit exists its contrast's own standard error and
degrees of freedom are the honest input. The design effect holds for a comparison between whole clusters; a comparison
within clusters has a smaller one. The sum of two t quantiles approximates the noncentral t, and is exact for
``df=None``.

Edge cases: unequal cluster sizes enter through ``sum m_j^2``; clusters of one unit, or correlation 0, give 1. Empty
clusters count for nothing.

Source: Bloom, Evaluation Review 1995, 19:547-556 (minimum detectable effects); Kish, Survey Sampling, 1965; Eldridge,
Ashby & Kerry, International Journal of Epidemiology 2006, 35:1292-1300 (unequal sizes: ``1 + ((cv^2 + 1) m - 1) r``).

Checked against: R 4.2.2 ``qt``; the multiplier 2.80 of a two-sided test at 5 % with power 80 % and many degrees of
freedom; the formula of Eldridge, Ashby & Kerry; the power of the test by simulation.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from kbkit.methods.counts import check_level
from kbkit.methods.proportions import DEFAULT_LEVEL
from kbkit.methods.wald import critical_value, quantile

# Four chances in five to find a true difference: the convention of trials and of impact evaluation.
DEFAULT_POWER = 0.8


def minimum_detectable_difference(
    *, std_error: float, df: float | None = None, level: float = DEFAULT_LEVEL, power: float = DEFAULT_POWER
) -> float:
    """Return the smallest true difference that a contrast of this precision finds with ``power``.

    Args:
        std_error: standard error of the contrast; the result has its unit.
        df: degrees of freedom of its t test, ``None`` for the normal.
        level: one minus the size of the two-sided test, 0-1.
        power: probability to reject when the difference is true, 0-1.

    Raises:
        ValueError: ``std_error`` or ``df`` is not positive, or ``level`` or ``power`` is outside (0, 1).
    """
    check_level(level)
    check_level(power)
    if not std_error > 0 or (df is not None and not df > 0):
        raise ValueError(f"std_error and df must be positive, not {std_error} and {df}")
    return (critical_value(level=level, df=df) + quantile(probability=power, df=df)) * std_error


def two_group_std_error(*, n_1: float, n_0: float, prevalence: float, design_effect: float = 1.0) -> float:
    """Return the standard error of a difference in prevalence, planned before there are data.

    Args:
        n_1: measured units of one group.
        n_0: measured units of the other group.
        prevalence: prevalence in both groups, 0-1.
        design_effect: inflation of the variance by clustering, see :func:`design_effect`.

    Raises:
        ValueError: a group is empty, ``prevalence`` is outside (0, 1) or ``design_effect`` is not positive.
    """
    if not (n_1 > 0 and n_0 > 0 and 0 < prevalence < 1 and design_effect > 0):
        raise ValueError("sizes and design effect must be positive and the prevalence between 0 and 1")
    return sqrt(design_effect * prevalence * (1 - prevalence) * (1 / n_1 + 1 / n_0))


def design_effect(*, sizes: ArrayLike, icc: float) -> float:
    """Return the design effect of clusters of unequal sizes.

    Args:
        sizes: measured units of every cluster, shape ``(clusters,)``.
        icc: intracluster correlation of the outcome.

    Raises:
        ValueError: no cluster has a unit, or a size is negative.
    """
    units = np.asarray(sizes, dtype=np.float64)
    if not (units >= 0).all() or not units.sum() > 0:
        raise ValueError("sizes must not be negative, and one must be positive")
    return float(1 + (units @ units / units.sum() - 1) * icc)
