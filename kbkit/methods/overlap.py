"""What weighting by a propensity score does: overlap of the tiers, and the balance it leaves.

Estimand: none; for every tier how many rows its weighted mean truly rests on, and for every column how far the tier's
mean lies from that of all rows, before and after weighting.

Formula: row ``i`` of tier ``t`` has weight ``w_i = n_i / P(T = t | x_i)``, ``n_i`` its measured units. Effective sample
size ``(sum w)^2 / sum w^2`` (rows); largest share ``max w / sum w``; lowest probability of ``t`` over all measured
rows, of any tier. Standardised difference of a column: mean in ``t`` with weights ``n`` (before) or ``w`` (after), less
its mean over all rows with weights ``n``, over its standard deviation over all rows with weights ``n``.

Assumptions: balance of the columns given is necessary and says nothing of those that are not given. By custom a
difference over 0.1 is worth a word and over 0.25 a doubt.

Edge cases: rows with ``n = 0`` have no weight. A tier without measured rows has effective sample size 0, largest share
0 and no differences (``nan`` in the frame). A column that is constant among measured rows has difference 0.

Source: Kish, Survey Sampling, 1965 (effective sample size); McCaffrey, Griffin, Almirall, Slaughter, Ramchand &
Burgette, Statistics in Medicine 2013, 32:3388-3414 (balance of several groups against all).

Checked against: R 4.2.2 ``weighted.mean`` over ``polr`` and ``multinom`` weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kbkit.methods.counts import FloatArray
from kbkit.methods.propensity import PropensityFit


@dataclass(frozen=True, kw_only=True, eq=False)
class Overlap:
    """Diagnostics of weighting.

    Attributes:
        tiers: one row per tier with ``rows`` (measured), ``effective_rows``, ``largest_share`` and
            ``lowest_probability``.
        before: standardised differences with weights ``n``, one row per column of the design, one column per tier.
        after: the same with the propensity weights.
    """

    tiers: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame


def assess_overlap(propensity: PropensityFit, *, n: ArrayLike) -> Overlap:
    """Describe overlap and balance.

    Args:
        propensity: the fitted probabilities.
        n: measured units of every row, shape ``(rows,)``.

    Raises:
        ValueError: ``n`` is not one value per row, one is negative, or none is positive.
    """
    sizes = np.asarray(n, dtype=np.float64)
    if sizes.shape != propensity.codes.shape or not (sizes >= 0).all() or not sizes.sum() > 0:
        raise ValueError(f"n must be {propensity.codes.size} values that are not negative, with a positive sum")
    members = np.eye(len(propensity.tiers))[propensity.codes] * sizes[:, None]
    weights = members / propensity.probabilities.to_numpy()
    total = weights.sum(axis=0)
    divisor = np.where(total > 0, total, 1.0)
    tiers = pd.DataFrame(
        {
            "rows": (members > 0).sum(axis=0),
            "effective_rows": total**2 / np.where(total > 0, (weights**2).sum(axis=0), 1.0),
            "largest_share": weights.max(axis=0) / divisor,
            "lowest_probability": propensity.probabilities.to_numpy()[sizes > 0].min(axis=0),
        },
        index=pd.Index(propensity.tiers, name="tier"),
    )
    return Overlap(
        tiers=tiers, before=_differences(propensity, sizes, members), after=_differences(propensity, sizes, weights)
    )


def _differences(propensity: PropensityFit, n: FloatArray, weights: FloatArray) -> pd.DataFrame:
    """Return standardised differences, one row per column of the design and one column per tier."""
    design, total = propensity.design, weights.sum(axis=0)
    mean = n @ design / n.sum()
    spread = np.sqrt(n @ (design - mean) ** 2 / n.sum())
    away = (design - mean).T @ weights / np.where(total > 0, total, np.nan)
    shares = np.divide(away, spread[:, None], out=np.zeros_like(away), where=spread[:, None] > 0)
    return pd.DataFrame(shares, index=list(propensity.names), columns=list(propensity.tiers))
