"""The guard of circularity: what the plan may not ask for, and the tier purged of what it shares."""

from __future__ import annotations

import numpy as np

from kbkit.analysis.ladders import PURGED_LADDERS
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import Rows, usable_rows
from kbkit.domain.circularity import barred_quantity
from kbkit.domain.tiers import TIERS
from kbkit.results import Undefined
from kbkit.results.guards import Circularity, PurgedTier

_PLACES = {"without_contraception": len(TIERS), "without_output": 3}


def find_refused(plan: AnalysisPlan) -> tuple[Undefined, ...]:
    """Return the outcome and the covariates of the plan that share components with the tier."""
    asked = [("barred_outcome", plan.outcome), *(("barred_covariate", name) for name in plan.confounders)]
    return tuple(
        Undefined(reason=reason, details={"name": name, "quantity": quantity})
        for reason, name in asked
        if (quantity := barred_quantity(name)) is not None
    )


def describe_circularity(rows: Rows, *, plan: AnalysisPlan) -> Circularity | None:
    """Describe the purged tiers of the measured villages of the latest period; ``None`` without any."""
    latest = usable_rows(rows.latest())
    if len(latest) == 0:
        return None
    return Circularity(
        refused=find_refused(plan),
        purged=tuple(_purge(latest.take(latest.tier == place), tier.value) for place, tier in enumerate(TIERS)),
        changed_without_contraception=_changed(latest, "without_contraception"),
        changed_fewest_agencies=_changed(latest, "fewest_agencies"),
    )


def _changed(rows: Rows, ladder: str) -> int:
    other = rows.ladders[ladder]
    return int(np.sum(~np.isnan(other) & (other != rows.tier)))


def _purge(rows: Rows, tier: str) -> PurgedTier:
    places = {
        ladder: tuple(int(np.sum(rows.ladders[ladder] == place)) for place in range(_PLACES[ladder]))
        for ladder in PURGED_LADDERS
    }
    return PurgedTier(tier=tier, villages=len(rows), **places)
