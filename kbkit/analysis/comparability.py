"""When tiers are compared, when only described: the rules, written once.

A comparison is withheld, not made with a warning, where a tier is empty or rests on a handful of villages: a number
that is printed is a number that is quoted.
"""

from __future__ import annotations

import numpy as np

from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import Rows, usable_rows
from kbkit.domain.tiers import TIERS
from kbkit.results import Undefined
from kbkit.results.association import Model, Rule


def find_obstacles(rows: Rows, *, has_tiers: bool, plan: AnalysisPlan) -> tuple[Undefined, ...]:
    """Return why the tiers of a regency cannot be compared, gravest first; empty where they can.

    Villages are counted in the latest period, the one whose tiers the report shows.
    """
    if not has_tiers:
        return (Undefined(reason="no_tiers"),)
    if len(rows) == 0:
        return (Undefined(reason="no_measurement"),)
    latest = rows.latest()
    if (latest.tier < 0).all():
        return (Undefined(reason="tiers_after_measurement"),)
    usable = usable_rows(latest)
    if len(usable) == 0:
        return (Undefined(reason="no_measurement"),)
    return _thin_tiers(usable, plan) + _too_few_districts(usable)


def _count_villages(usable: Rows) -> dict[str, int]:
    """Return how many villages of one period have each tier."""
    counts = np.bincount(usable.tier, minlength=len(TIERS)).tolist()
    return {tier.value: count for tier, count in zip(TIERS, counts, strict=True)}


def _thin_tiers(usable: Rows, plan: AnalysisPlan) -> tuple[Undefined, ...]:
    villages = _count_villages(usable)
    empty = [tier for tier, count in villages.items() if count == 0]
    few = {tier: count for tier, count in villages.items() if 0 < count < plan.villages_per_tier_minimum}
    obstacles = []
    if empty:
        obstacles.append(Undefined(reason="empty_tiers", details={"tiers": ",".join(empty)}))
    if few:
        obstacles.append(
            Undefined(
                reason="few_villages",
                details={
                    "tiers": ",".join(few),
                    "villages": ", ".join(str(count) for count in few.values()),
                    "needed": plan.villages_per_tier_minimum,
                },
            )
        )
    return tuple(obstacles)


def _too_few_districts(usable: Rows) -> tuple[Undefined, ...]:
    return () if usable.n_districts > 1 else (Undefined(reason="one_district"),)


def list_rules(rows: Rows, *, adjusted: Model | None, plan: AnalysisPlan) -> tuple[Rule, ...]:
    """Return the rules of when tiers are compared and tested, with what this regency has.

    Args:
        rows: rows of all villages and periods.
        adjusted: the adjusted model where there is one.
        plan: holds the thresholds.
    """
    usable = usable_rows(rows.latest())
    fewest = min(_count_villages(usable).values())
    slope = adjusted.slope if adjusted else None
    df = None if slope is None or isinstance(slope, Undefined) else slope.df
    return (
        Rule(name="villages_per_tier", needed=plan.villages_per_tier_minimum, found=fewest),
        Rule(name="districts", needed=plan.districts_minimum, found=usable.n_districts),
        Rule(name="df", needed=plan.df_minimum, found=df),
    )
