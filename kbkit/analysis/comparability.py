"""When tiers are compared, when only described: the rules, written once.

A comparison is withheld, not made with a warning, where a tier is empty or rests on a handful of villages: a number
that is printed is a number that is quoted.
"""

from __future__ import annotations

import pandas as pd

from kbkit.analysis.panel import measured
from kbkit.analysis.plan import AnalysisPlan
from kbkit.domain.tiers import TIERS
from kbkit.results import Undefined
from kbkit.results.association import Model, Rule


def find_obstacles(panel: pd.DataFrame, *, has_tiers: bool, plan: AnalysisPlan) -> tuple[Undefined, ...]:
    """Return why the tiers of a regency cannot be compared, gravest first; empty where they can.

    Villages are counted in the latest period, the one whose tiers the report shows.
    """
    if not has_tiers:
        return (Undefined(reason="no_tiers"),)
    if panel.empty:
        return (Undefined(reason="no_measurement"),)
    latest = panel[panel["period"] == panel["period"].max()]
    if latest["tier"].isna().all():
        return (Undefined(reason="tiers_after_measurement"),)
    usable = latest[measured(latest) & latest["tier"].notna()]
    if usable.empty:
        return (Undefined(reason="no_measurement"),)
    return _thin_tiers(usable, plan) + _too_few_districts(usable)


def _thin_tiers(usable: pd.DataFrame, plan: AnalysisPlan) -> tuple[Undefined, ...]:
    villages = {tier.value: int((usable["tier"] == tier.value).sum()) for tier in TIERS}
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


def _too_few_districts(usable: pd.DataFrame) -> tuple[Undefined, ...]:
    return () if usable["district_code"].nunique() > 1 else (Undefined(reason="one_district"),)


def list_rules(panel: pd.DataFrame, *, adjusted: Model | None, plan: AnalysisPlan) -> tuple[Rule, ...]:
    """Return the rules of when tiers are compared and tested, with what this regency has.

    Args:
        panel: rows of all villages and periods.
        adjusted: the adjusted model where there is one.
        plan: holds the thresholds.
    """
    latest = panel[panel["period"] == panel["period"].max()] if len(panel) else panel
    usable = latest[measured(latest) & latest["tier"].notna()]
    fewest = min(int((usable["tier"] == tier.value).sum()) for tier in TIERS)
    slope = adjusted.slope if adjusted else None
    df = None if slope is None or isinstance(slope, Undefined) else slope.df
    return (
        Rule(name="villages_per_tier", needed=plan.villages_per_tier_minimum, found=fewest),
        Rule(name="districts", needed=plan.districts_minimum, found=usable["district_code"].nunique()),
        Rule(name="df", needed=plan.df_minimum, found=df),
    )
