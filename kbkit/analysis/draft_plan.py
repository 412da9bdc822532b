"""The draft of a joint plan: villages to begin with for each planned problem, and what usually answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from kbkit.analysis.problems import MeasuredProblem
from kbkit.dataset import RegencyData
from kbkit.domain.editions import SmallCells
from kbkit.domain.interventions import INTERVENTIONS
from kbkit.domain.problems import PROBLEMS
from kbkit.results.priorities import PlanItem

COUNTS_PEOPLE: Final = frozenset({"stunted", "unmeasured", "toilet_unimproved", "water_unimproved", "four_too"})
"""Problems whose affected are children, families or couples; the others count villages."""


def draft_plan(
    planned: Sequence[str],
    measures: Mapping[str, MeasuredProblem],
    *,
    high: tuple[str, ...],
    most: int,
    data: RegencyData,
    rule: SmallCells,
) -> tuple[PlanItem, ...]:
    """Draft a line for every planned problem, village and intervention.

    Args:
        planned: problems in order.
        measures: every planned problem in numbers.
        high: villages whose shrunken prevalence lies above the regency's as a whole, highest first.
        most: villages a problem at most.
        data: the regency's partition.
        rule: of the edition: fewer than its smallest number are not named.
    """
    villages = data.villages
    names = dict(
        zip(
            villages["village_code"], zip(villages["village_name"], villages["district_name"], strict=True), strict=True
        )
    )
    funding = _funding(data.funding)
    return tuple(
        item for key in planned for item in _draft(key, _places(key, measures[key], high, most, rule), names, funding)
    )


def _places(
    key: str, measure: MeasuredProblem, high: tuple[str, ...], most: int, rule: SmallCells
) -> dict[str, int | None]:
    """Return the villages to begin with and what may be said of their volume.

    For stunted children they are those whose shrunken prevalence lies above the regency's, and no number is given: it
    would be the village's cases. Elsewhere they are those with the most affected, as many at least as the edition
    shows.
    """
    if key == "stunted":
        return dict.fromkeys(high[:most])
    by_code = sorted(measure.villages.items())
    if key not in COUNTS_PEOPLE:
        return dict.fromkeys([code for code, affected in by_code if affected > 0][:most])
    told = [(code, affected) for code, affected in by_code if affected >= rule.smallest]
    return dict(sorted(told, key=lambda village: -village[1])[:most])


def _draft(
    key: str,
    places: Mapping[str, int | None],
    names: Mapping[str, tuple[str, str]],
    funding: Mapping[str, tuple[str, ...]],
) -> list[PlanItem]:
    problem = PROBLEMS[key]
    return [
        PlanItem(
            key=f"{code}/{key}/{intervention or 'task'}",
            village_code=code,
            village_name=village_name,
            district_name=district_name,
            problem=key,
            intervention=intervention,
            kind=INTERVENTIONS[intervention].kind if intervention else None,
            lead_agency=INTERVENTIONS[intervention].agency if intervention else problem.agency,
            volume=volume,
            funding=funding.get(code, ()),
        )
        for code, volume in places.items()
        for village_name, district_name in [names[code]]
        for intervention in (problem.interventions or (None,))
    ]


def _funding(funding: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the sources that villages name in the latest year, other than those that gave nothing."""
    gave = funding[funding["year"] == funding["year"].max()]
    gave = gave[~(gave["amount"] == 0).fillna(value=False)]
    named: dict[str, set[str]] = {}
    for code, source in zip(gave["village_code"], gave["source"], strict=True):
        named.setdefault(code, set()).add(source)
    return {code: tuple(sorted(sources)) for code, sources in named.items()}
