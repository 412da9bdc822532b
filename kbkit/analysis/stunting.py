"""Stunting of a regency from the registry: by tier, district and period; and the surveys, kept apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd

from kbkit.analysis.children import describe_children
from kbkit.analysis.disclosure import Disclosure, Range, guard_severe, suppress, suppress_parts, suppressed
from kbkit.analysis.panel import known
from kbkit.analysis.rows import FloatArray, Rows
from kbkit.domain.editions import SmallCells
from kbkit.domain.stunting import severity_band
from kbkit.domain.tiers import TIERS
from kbkit.results.stunting import (
    ChildCoverage,
    DistrictChildren,
    PeriodChildren,
    Share,
    Stunting,
    SurveyValue,
    TierChildren,
    TierProfile,
)

_Name = TypeVar("_Name", str, str | None)


def describe_stunting(rows: Rows, *, disclosure: Disclosure, level: float) -> Stunting | None:
    """Describe the children of every period, and those of the latest by tier and district; ``None`` without periods.

    Args:
        rows: rows of all villages and periods.
        disclosure: what of the latest period is hidden.
        level: coverage of the intervals.
    """
    if not len(rows):
        return None
    names = dict(zip(rows.names.districts, rows.names.district_names, strict=True))
    periods = [rows.take(rows.period == code) for code in range(len(rows.names.periods))]
    described = [describe_children(part, cluster="district", level=level) for part in periods[:-1]]
    described.append(
        describe_children(
            periods[-1], cluster="district", level=level, ranges=_of_hidden_districts(periods[-1], disclosure)
        )
    )
    latest, rule = periods[-1], disclosure.rule
    ranges = disclosure.ranges(rows.names.villages)
    tiers, districts = _by_tier(latest, level, ranges), _by_district(latest, level, ranges)
    whole = guard_severe(described[-1], (list(tiers.values()), list(districts.values())), rule=rule)
    over_time = [
        *(suppress(children, hidden=_is_small(children, disclosure), rule=rule) for children in described[:-1]),
        suppress(whole, hidden=disclosure.total, rule=rule),
    ]
    return Stunting(
        latest=over_time[-1],
        tiers=tuple(
            TierChildren(tier=tier, children=part)
            for tier, part in _suppress_table(tiers, disclosure.tiers, disclosure).items()
        ),
        districts=tuple(
            DistrictChildren(district_code=code, district_name=names[code], children=part)
            for code, part in _suppress_table(districts, disclosure.districts, disclosure).items()
        ),
        periods=tuple(
            PeriodChildren(period=period, children=children)
            for period, children in zip(rows.names.periods, over_time, strict=True)
        ),
    )


def _is_small(children: ChildCoverage, disclosure: Disclosure) -> bool:
    return isinstance(children.children_stunted, int) and disclosure.rule.hides(children.children_stunted)


def _suppress_table(
    parts: Mapping[_Name, ChildCoverage], hidden: Collection[_Name], disclosure: Disclosure
) -> dict[_Name, ChildCoverage]:
    shown = suppress_parts(list(parts.values()), hidden=[name in hidden for name in parts], rule=disclosure.rule)
    return dict(zip(parts, shown, strict=True))


def _of_hidden_districts(latest: Rows, disclosure: Disclosure) -> Mapping[int, Range]:
    """Return the ranges of the villages of hidden districts: the others' districts are printed."""
    ranges, districts = disclosure.ranges(latest.names.villages), latest.names.districts
    hidden = {
        int(village)
        for village, district in zip(latest.village, latest.district, strict=True)
        if districts[district] in disclosure.districts
    }
    return {village: span for village, span in ranges.items() if village in hidden}


def _by_tier(latest: Rows, level: float, ranges: Mapping[int, Range]) -> dict[str | None, ChildCoverage]:
    """Every tier, also those without villages, then the villages without Kampung KB where there are any."""
    groups: dict[str | None, Rows] = {tier.value: latest.take(latest.tier == place) for place, tier in enumerate(TIERS)}
    without = latest.take(latest.tier < 0)
    if len(without):
        groups[None] = without
    return {
        name: describe_children(rows, cluster="district", level=level, ranges=ranges) for name, rows in groups.items()
    }


def _by_district(latest: Rows, level: float, ranges: Mapping[int, Range]) -> dict[str, ChildCoverage]:
    return {
        latest.names.districts[code]: describe_children(
            latest.take(latest.district == code), cluster="village", level=level, ranges=ranges
        )
        for code in np.unique(latest.district)
    }


def describe_surveys(surveys: pd.DataFrame) -> tuple[SurveyValue, ...]:
    """Return every survey value of the regency, also those that contradict each other, by year."""
    ordered = surveys.sort_values(["year", "survey", "source_file", "source_row"])
    return tuple(
        SurveyValue(
            survey=row["survey"],
            year=row["year"],
            prevalence=row["prevalence"],
            lower=known(row["lower"]),
            upper=known(row["upper"]),
            publisher=known(row["publisher"]),
            band=severity_band(row["prevalence"]).value,
        )
        for row in ordered.to_dict("records")
    )


def describe_profiles(rows: Rows, *, rule: SmallCells) -> tuple[TierProfile, ...]:
    """Describe disadvantage and measuring coverage of each tier's villages in the latest period.

    A share of families is the mean of few fractions with known wholes: of one village it is its number, and with every
    digit the numbers of several can be told apart. It is kept to a thousandth, and hidden for a few villages.
    """
    if not len(rows):
        return ()
    latest = rows.latest()
    return tuple(
        TierProfile(
            tier=tier.value,
            villages=len(part),
            idm=_mean(part.covariates["idm"]),
            water_unimproved=_share_of_families(part.covariates["water_unimproved"], rule),
            toilet_unimproved=_share_of_families(part.covariates["toilet_unimproved"], rule),
            coverage=_mean(part.covariates["coverage"]),
        )
        for tier in TIERS
        for part in [latest.take(latest.tier == tier.score)]
    )


def _mean(values: FloatArray) -> float | None:
    known = ~np.isnan(values)
    return float(np.where(known, values, 0.0).sum() / known.sum()) if known.any() else None


def _share_of_families(values: FloatArray, rule: SmallCells) -> Share:
    mean, known = _mean(values), int((~np.isnan(values)).sum())
    if mean is None or rule.edition == "internal":
        return mean
    return suppressed(rule) if known < rule.smallest else round(mean, 3)
