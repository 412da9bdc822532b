r"""What an analysis should find: the marginal truth of the generated population.

For tier score ``s`` and villages with a Kampung KB, weighted by measured children ``w`` (expectation over the village
over-dispersion)::

    prevalence(s) = sum_i w_i expit(linear_i + tier_slope s) / sum_i w_i
    mean step     = (prevalence(3) - prevalence(0)) / 3

The crude step is what a comparison without adjustment is expected to find: the weighted least-squares slope of the
village's probability ``p`` on its tier score, within periods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kbkit.demo.children import expit
from kbkit.demo.population import Population
from kbkit.demo.truth import Truth
from kbkit.domain.tiers import TIERS


@dataclass(frozen=True, kw_only=True)
class MarginalTruth:
    """Truth of one regency, in one period or over all of them. Proportions 0-1.

    Attributes:
        villages: village-periods with a Kampung KB.
        prevalence_by_tier: standardised to all of these villages, tier name -> prevalence, also for tiers nobody has.
        mean_step: average difference of prevalence per step of the ladder.
        crude_step: expected difference per step without adjustment; None where all villages are in one tier.
    """

    villages: int
    prevalence_by_tier: dict[str, float]
    mean_step: float
    crude_step: float | None


def compute_marginal_truth(
    *, population: Population, truth: Truth, regency_code: str, period: str | None = None
) -> MarginalTruth:
    """Compute the marginal truth of a regency in a period, or over all periods (None)."""
    table = population.stunting
    mine = (table["regency_code"] == regency_code) & table["tier_score"].notna()
    if period is not None:
        mine &= table["period"] == period
    rows = table[mine].astype({"tier_score": "float64"})
    weights = rows["children_measured"].to_numpy(dtype=np.float64)
    linear = rows["linear_without_tier"].to_numpy()
    standardised = [
        float(np.average(expit(linear + truth.tier_slope * score), weights=weights)) for score in range(len(TIERS))
    ]
    return MarginalTruth(
        villages=len(rows),
        prevalence_by_tier={tier.value: prevalence for tier, prevalence in zip(TIERS, standardised, strict=True)},
        mean_step=(standardised[-1] - standardised[0]) / (len(TIERS) - 1),
        crude_step=_crude_step(rows),
    )


def _crude_step(rows: pd.DataFrame) -> float | None:
    weights = rows["children_measured"].astype("float64")
    centred = {
        name: rows[name]
        - (rows[name] * weights).groupby(rows["period"]).transform("sum")
        / weights.groupby(rows["period"]).transform("sum")
        for name in ("tier_score", "probability")
    }
    spread = float((weights * centred["tier_score"] ** 2).sum())
    together = float((weights * centred["tier_score"] * centred["probability"]).sum())
    return together / spread if spread > 0 else None
