"""Stunting of a regency from the registry: by tier, district and period; and the surveys, kept apart."""

from __future__ import annotations

import pandas as pd

from kbkit.analysis.children import describe_children
from kbkit.analysis.disclosure import suppress_parts
from kbkit.analysis.panel import known, village_coverage
from kbkit.domain.stunting import severity_band
from kbkit.domain.tiers import TIERS
from kbkit.results.stunting import DistrictChildren, PeriodChildren, Stunting, SurveyValue, TierChildren, TierProfile


def describe_stunting(panel: pd.DataFrame, *, level: float) -> Stunting | None:
    """Describe the children of every period, and those of the latest by tier and district; ``None`` without periods."""
    if panel.empty:
        return None
    periods = [(period, rows) for period, rows in panel.groupby("period", sort=True)]
    latest = periods[-1][1]
    described = [describe_children(rows, cluster="district_code", level=level) for _, rows in periods]
    over_time = [suppress_parts([children])[0] for children in described]
    return Stunting(
        latest=over_time[-1],
        tiers=_by_tier(latest, level),
        districts=_by_district(latest, level),
        periods=tuple(
            PeriodChildren(period=str(period), children=children)
            for (period, _), children in zip(periods, over_time, strict=True)
        ),
    )


def _by_tier(latest: pd.DataFrame, level: float) -> tuple[TierChildren, ...]:
    """Every tier, also those without villages, then the villages without Kampung KB where there are any."""
    names: list[str | None] = [tier.value for tier in TIERS]
    groups = [latest[latest["tier"] == name] for name in names]
    without = latest[latest["tier"].isna()]
    if len(without):
        names, groups = [*names, None], [*groups, without]
    parts = suppress_parts([describe_children(rows, cluster="district_code", level=level) for rows in groups])
    return tuple(TierChildren(tier=name, children=part) for name, part in zip(names, parts, strict=True))


def _by_district(latest: pd.DataFrame, level: float) -> tuple[DistrictChildren, ...]:
    groups = list(latest.groupby(["district_code", "district_name"], sort=True))
    parts = suppress_parts([describe_children(rows, cluster="village_code", level=level) for _, rows in groups])
    return tuple(
        DistrictChildren(district_code=str(code), district_name=str(name), children=part)
        for ((code, name), _), part in zip(groups, parts, strict=True)
    )


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


def describe_profiles(panel: pd.DataFrame) -> tuple[TierProfile, ...]:
    """Describe disadvantage and measuring coverage of each tier's villages in the latest period."""
    if panel.empty:
        return ()
    latest = panel[panel["period"] == panel["period"].max()]
    latest = latest.assign(coverage=village_coverage(latest))
    return tuple(
        TierProfile(
            tier=tier.value,
            villages=len(rows),
            idm=_mean(rows["idm"]),
            water_unimproved=_mean(rows["water_unimproved"]),
            toilet_unimproved=_mean(rows["toilet_unimproved"]),
            coverage=_mean(rows["coverage"]),
        )
        for tier in TIERS
        for rows in [latest[latest["tier"] == tier.value]]
    )


def _mean(values: pd.Series[float]) -> float | None:
    return float(values.mean()) if values.notna().any() else None
