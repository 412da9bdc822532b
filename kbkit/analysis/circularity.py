"""The guard of circularity: what the plan may not ask for, and the tier purged of what it shares."""

from __future__ import annotations

import pandas as pd

from kbkit.analysis.design import SCORE_TERM
from kbkit.analysis.ladders import PURGED_LADDERS
from kbkit.analysis.panel import measured
from kbkit.analysis.plan import AnalysisPlan
from kbkit.domain.circularity import barred_quantity
from kbkit.domain.tiers import TIERS
from kbkit.results import Undefined
from kbkit.results.association import Circularity, PurgedTier

_PLACES = {"without_contraception": len(TIERS), "without_output": 3}


def find_refused(plan: AnalysisPlan) -> tuple[Undefined, ...]:
    """Return the outcome and the covariates of the plan that share components with the tier."""
    asked = [("barred_outcome", plan.outcome), *(("barred_covariate", name) for name in plan.confounders)]
    return tuple(
        Undefined(reason=reason, details={"name": name, "quantity": quantity})
        for reason, name in asked
        if (quantity := barred_quantity(name)) is not None
    )


def describe_circularity(panel: pd.DataFrame, *, plan: AnalysisPlan) -> Circularity | None:
    """Describe the purged tiers of the measured villages of the latest period; ``None`` without any."""
    if panel.empty:
        return None
    latest = panel[(panel["period"] == panel["period"].max()) & panel["tier"].notna() & measured(panel)]
    if latest.empty:
        return None
    other = latest["without_contraception"]
    return Circularity(
        refused=find_refused(plan),
        purged=tuple(_purge(latest[latest["tier"] == tier.value], tier.value) for tier in TIERS),
        changed_without_contraception=int((other.notna() & (other != latest[SCORE_TERM])).sum()),
        # The exports hold the score, not the agencies behind it.
        cross_sector_variants=Undefined(reason="cross_sector_unavailable"),
    )


def _purge(rows: pd.DataFrame, tier: str) -> PurgedTier:
    places = {
        ladder: tuple(int((rows[ladder] == place).sum()) for place in range(_PLACES[ladder]))
        for ladder in PURGED_LADDERS
    }
    return PurgedTier(tier=tier, villages=len(rows), **places)
