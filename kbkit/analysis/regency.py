"""``analyse_regency``: one regency's data in, every number of its report out."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
import pandas as pd

from kbkit.analysis.association import compare_tiers
from kbkit.analysis.cautions import find_cautions
from kbkit.analysis.classification import describe_classification
from kbkit.analysis.data_quality import describe_quality
from kbkit.analysis.disclosure import Disclosure
from kbkit.analysis.families import describe_families
from kbkit.analysis.geography import match_outlines
from kbkit.analysis.joint_disclosure import plan_disclosure
from kbkit.analysis.panel import build_panel, joined_snapshot, known, newest_snapshot
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.priorities import describe_priorities
from kbkit.analysis.programme import describe_programme
from kbkit.analysis.rows import Rows, as_rows
from kbkit.analysis.small_areas import describe_small_areas
from kbkit.analysis.sources import describe_provenance
from kbkit.analysis.stand_ins import stand_in
from kbkit.analysis.stunting import describe_profiles, describe_stunting, describe_surveys
from kbkit.analysis.targets import compare_with_local_target, compare_with_targets
from kbkit.dataset import RegencyData
from kbkit.domain.editions import DEFAULT_EDITION, SMALL_CELLS, Edition
from kbkit.domain.periods import last_day, months_between
from kbkit.domain.problems import PrioritySettings
from kbkit.domain.stunting import Target
from kbkit.errors import Fault, Withheld
from kbkit.results import Estimate
from kbkit.results.association import Association
from kbkit.results.findings import Findings, Summary
from kbkit.results.geography import Outlines
from kbkit.results.provenance import Regency, Timing
from kbkit.results.stunting import Stunting
from kbkit.results.villages import Village, VillageCoverage

_PLACE: Final = {
    "village_code": "code",
    "village_name": "name",
    "village_kind": "kind",
    "district_code": "district_code",
    "district_name": "district_name",
}
"""Columns of a village in the register, the code first, and their names in findings."""
_TIER: Final = ("tier", "index_input", "index_process", "index_output")


def analyse_regency(
    data: RegencyData,
    *,
    office: str = "",
    plan: AnalysisPlan | None = None,
    outlines: Outlines | None = None,
    priorities: PrioritySettings | None = None,
    edition: Edition = DEFAULT_EDITION,
    target: Target | None = None,
) -> Findings:
    """Analyse one regency.

    Args:
        data: the regency's partition, from :func:`kbkit.read_regency`.
        office: the office that answers for the report, for its title page.
        plan: the analysis plan; the pre-specified one where not given.
        outlines: boundaries for the maps, from :func:`kbkit.read_outlines`; without them villages are drawn as tiles.
        priorities: what the office sets of the order of problems; the defaults where not given.
        edition: for whom the report is: how small a number it may show.
        target: the regency's own, from :func:`kbkit.read_target`; the national targets alone where not given.

    Raises:
        Withheld: the regency has neither classified Kampung KB nor measured children.
    """
    plan = plan or AnalysisPlan()
    if data.tiers.empty and data.stunting.empty:
        raise Withheld([Fault(code="analysis.nothing_to_report", found=f"{data.name} ({data.code})")])
    rows, newest = as_rows(build_panel(data)), newest_snapshot(data.tiers)
    timing = _describe_timing(data)
    classification = describe_classification(data)
    disclosure = plan_disclosure(rows, rule=SMALL_CELLS[edition])
    stunting = describe_stunting(rows, disclosure=disclosure, level=plan.level)
    profiles = describe_profiles(rows, rule=disclosure.rule)
    told = stand_in(rows, disclosure=disclosure)
    small_areas = describe_small_areas(told, data.villages, disclosure=disclosure, level=plan.level)
    surveys = describe_surveys(data.surveys)
    cautions = find_cautions(timing=timing, classification=classification, stunting=stunting, profiles=profiles)
    association = compare_tiers(
        told,
        has_tiers=not data.tiers.empty,
        plan=plan,
        cautions=cautions,
        disclosure=disclosure,
        indicators=data.village_indicators,
        outlines=outlines,
    )
    return Findings(
        regency=_describe_regency(data),
        office=office,
        level=plan.level,
        edition=edition,
        provenance=describe_provenance(data, plan),
        timing=timing,
        coverage=_describe_coverage(data, newest, rows.latest(), disclosure),
        quality=describe_quality(data),
        classification=classification,
        stunting=stunting,
        small_areas=small_areas,
        geography=match_outlines(outlines, data.villages),
        surveys=surveys,
        targets=compare_with_targets(surveys),
        programme=describe_programme(data),
        families=describe_families(data.families, data.villages, rule=disclosure.rule),
        priorities=describe_priorities(
            data, rows=rows, small_areas=small_areas, timing=timing, disclosure=disclosure, settings=priorities
        ),
        profiles=profiles,
        association=association,
        villages=_list_villages(data.villages, newest, rows.latest()),
        summary=_summarise(stunting, association),
        local_target=compare_with_local_target(surveys, target),
    )


def _describe_regency(data: RegencyData) -> Regency:
    first = data.villages.iloc[0]
    return Regency(
        code=data.code,
        name=data.name,
        province_code=str(first["province_code"]),
        province_name=str(first["province_name"]),
    )


def _describe_timing(data: RegencyData) -> Timing:
    snapshots: list[dt.date] = sorted(data.tiers["snapshot_date"].unique())
    periods = sorted(str(period) for period in data.stunting["period"].unique())
    latest_period = periods[-1] if periods else None
    joined = joined_snapshot(snapshots, latest_period) if latest_period else None
    return Timing(
        snapshot_dates=tuple(snapshots),
        periods=tuple(periods),
        latest_snapshot=snapshots[-1] if snapshots else None,
        latest_period=latest_period,
        tier_age_months=months_between(joined, last_day(latest_period)) if joined and latest_period else None,
        later_snapshots=tuple(date for date in snapshots if latest_period and date > last_day(latest_period)),
    )


def _describe_coverage(
    data: RegencyData, newest: pd.DataFrame, latest: Rows, disclosure: Disclosure
) -> VillageCoverage:
    """Count villages from the register to the comparison; tiers and measurements are those of the latest period.

    Of the villages whose number is hidden nobody is told how many have no case.
    """
    kelurahan = int((data.villages["village_kind"] == "kelurahan").sum())
    counted = latest.take(latest.has_prevalence)
    hidden = np.array(
        [latest.names.villages[village] in disclosure.villages for village in counted.village], dtype=bool
    )
    return VillageCoverage(
        villages=len(data.villages),
        desa=len(data.villages) - kelurahan,
        kelurahan=kelurahan,
        districts=int(data.villages["district_code"].nunique()),
        with_kampung_kb=int(newest["village_code"].nunique()),
        with_measurement=len(counted),
        with_both=int((counted.tier >= 0).sum()),
        target_zero=int((latest.target == 0).sum()),
        zero_cases=int(((counted.stunted == 0) & ~hidden).sum()),
    )


def _list_villages(register: pd.DataFrame, newest: pd.DataFrame, latest: Rows) -> tuple[Village, ...]:
    """List every village of the register with its tier and coverage; cases of single villages are not shown."""
    tiers = dict(zip(newest["village_code"], zip(*(newest[name] for name in _TIER), strict=True), strict=True))
    counts = np.stack([latest.target, latest.measured, latest.covariates["coverage"]], axis=1).tolist()
    children = {latest.names.villages[village]: row for village, row in zip(latest.village, counts, strict=True)}
    unknown = (None,) * 4
    villages = []
    for place in sorted(zip(*(register[name] for name in _PLACE), strict=True)):
        target, measured, coverage = map(known, children.get(place[0], unknown[:3]))
        villages.append(
            Village(
                **dict(zip(_PLACE.values(), place, strict=True)),
                **dict(zip(_TIER, map(known, tiers.get(place[0], unknown)), strict=True)),
                children_target=None if target is None else int(target),
                children_measured=None if measured is None else int(measured),
                coverage=coverage,
            )
        )
    return tuple(villages)


def _summarise(stunting: Stunting | None, association: Association) -> Summary:
    latest = stunting.latest if stunting else None
    prevalence = latest.prevalence if latest else None
    return Summary(
        prevalence=prevalence.estimate if isinstance(prevalence, Estimate) else None,
        coverage=latest.coverage if latest else None,
        comparison="withheld" if association.verdict == "withheld" else "made",
    )
