"""Problems, ranks, draft, convergence and progress of a regency small enough to check by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.analysis.disclosure import Disclosure
from kbkit.analysis.panel import build_panel
from kbkit.analysis.priorities import describe_priorities
from kbkit.analysis.problem_ranks import rank_problems
from kbkit.analysis.problems import MeasuredProblem, measure_problems
from kbkit.analysis.rows import as_rows
from kbkit.dataset import RegencyData
from kbkit.domain.problems import PROBLEMS, PrioritySettings, Weights
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.results.priorities import Priorities
from kbkit.results.provenance import Timing
from tests.analysis.regencies import measure, regency, tier, village

CODES = [f"33.16.01.20{number:02d}" for number in range(1, 5)]
VILLAGES = [village(number) for number in range(1, 5)]
TIMING = Timing(
    snapshot_dates=(dt.date(2024, 1, 4),),
    periods=("2024-02",),
    latest_snapshot=dt.date(2024, 1, 4),
    latest_period="2024-02",
    tier_age_months=1,
    later_snapshots=(),
)


def described(data: RegencyData, settings: PrioritySettings | None = None) -> Priorities:
    hidden = Undefined(reason="villages_alike", details={"villages": 4})
    return describe_priorities(
        data,
        rows=as_rows(build_panel(data)),
        small_areas=hidden,
        timing=TIMING,
        disclosure=Disclosure(),
        settings=settings,
    )


def measured(data: RegencyData, *, high: Sequence[str] = ()) -> dict[str, MeasuredProblem | None]:
    return measure_problems(data, rows=as_rows(build_panel(data)), high=frozenset(high))


def families(code: str, semester: str, *, target: int, toilets: int | None) -> dict[str, Any]:
    return {"village_code": code, "semester": semester, "families_target": target, "toilet_unimproved": toilets}


def intervention(code: str, **fields: Any) -> dict[str, Any]:
    named = {"year": 2024, "period": "2024", "intervention": "TTD", "kind": "specific", "lead_agency": "Dinkes"}
    return {"village_code": code} | named | fields


def funding(code: str, source: str, amount: int | None) -> dict[str, Any]:
    return {"village_code": code, "year": 2024, "source": source, "amount": amount}


def line(code: str, agency: str, **fields: Any) -> dict[str, Any]:
    return {
        "village_code": code,
        "meeting_date": dt.date(2023, 9, 1),
        "problem": "stunted",
        "lead_agency": agency,
    } | fields


def problem(share: float, *, change: float | None = None) -> MeasuredProblem:
    return MeasuredProblem(
        villages={"a": round(100 * share)},
        population=100,
        time="2024-02",
        share=share,
        since=None,
        change=change,
        affected_since=0,
    )


def test_a_share_is_of_the_latest_time_and_growth_of_about_a_year() -> None:
    data = regency(
        villages=VILLAGES,
        families=[
            families(CODES[0], "2023-S2", target=100, toilets=40),
            families(CODES[0], "2024-S1", target=100, toilets=35),
            families(CODES[0], "2024-S2", target=100, toilets=30),
            families(CODES[1], "2024-S2", target=100, toilets=None),
        ],
    )
    found = measured(data)["toilet_unimproved"]
    assert found is not None
    assert (found.time, found.since) == ("2024-S2", "2023-S2")
    assert found.share == pytest.approx(0.30)  # the village without a count is left out
    assert found.change == pytest.approx(-0.10)


def test_children_of_the_target_who_were_not_measured() -> None:
    data = regency(
        villages=VILLAGES,
        stunting=[
            measure(CODES[0], target=100, measured=60, stunted=10),
            measure(CODES[1], target=100, measured=110, stunted=10),
            measure(CODES[2], target=None, measured=50, stunted=10),
        ],
    )
    found = measured(data)
    assert found["unmeasured"] is not None
    assert found["unmeasured"].share == pytest.approx((40 - 10) / 200)
    assert found["stunted"] is not None
    assert found["stunted"].share == pytest.approx(30 / 220)
    assert found["stunted"].change is None


def test_a_source_without_an_amount_gave_and_a_village_without_a_row_said_nothing() -> None:
    data = regency(
        villages=VILLAGES,
        funding=[
            funding(CODES[0], "bokb", 0),
            funding(CODES[1], "bokb", 0),
            funding(CODES[1], "village_fund", None),
            funding(CODES[2], "bokb", 5),
        ],
    )
    found = measured(data)["without_funding"]
    assert found is not None
    assert found.share == pytest.approx(1 / 3)
    assert [code for code, affected in found.villages.items() if affected] == [CODES[0]]


def test_high_villages_without_a_specific_intervention() -> None:
    data = regency(villages=VILLAGES, interventions=[intervention(CODES[0]), intervention(CODES[1], kind="sensitive")])
    found = measured(data, high=CODES[:2])["high_without_specific"]
    assert found is not None
    assert found.share == pytest.approx(1 / 2)
    assert measured(regency(villages=VILLAGES), high=CODES[:2])["high_without_specific"] is None


def test_what_the_data_do_not_show_is_named() -> None:
    found = described(regency(villages=VILLAGES, tiers=[tier(CODES[0], "dasar")]))
    assert [item.key for item in found.problems] == ["without_kampung_kb", "nothing_entered"]
    assert set(found.not_measured) == set(PROBLEMS) - {"without_kampung_kb", "nothing_entered"}
    assert found.planned == ("without_kampung_kb",)
    assert [(item.village_code, item.intervention, item.volume) for item in found.items] == [
        (code, None, None) for code in CODES[1:]
    ]


def test_a_handful_of_children_is_not_shown() -> None:
    data = regency(villages=VILLAGES, stunting=[measure(CODES[0], target=100, measured=100, stunted=3)])
    assert "stunted" in described(data).not_measured


def test_villages_with_the_most_affected_and_no_small_number() -> None:
    data = regency(
        villages=VILLAGES,
        families=[
            families(code, "2024-S2", target=100, toilets=n) for code, n in zip(CODES, (4, 50, 60, 5), strict=True)
        ],
    )
    found = described(data, PrioritySettings(villages=3))
    assert [(item.village_code, item.volume) for item in found.items] == [
        (CODES[2], 60),
        (CODES[1], 50),
        (CODES[3], 5),
    ]
    assert {item.lead_agency for item in found.items} == {"housing"}
    assert found.items[0].key == f"{CODES[2]}/toilet_unimproved/sanitation"


def test_ranks_and_how_far_they_depend_on_the_weights() -> None:
    # Urgency, seriousness, growth: 5, 5, unknown (3); 3, 4, 5; 1, 1, 3. By the mean: 4.33, 4, 1.67.
    measures = {
        "without_kampung_kb": problem(0.5),
        "toilet_unimproved": problem(0.2, change=0.05),
        "unmeasured": problem(0.04, change=0.0),
    }
    first, second, third = rank_problems(measures, settings=PrioritySettings())
    assert [item.key for item in (first, second, third)] == ["without_kampung_kb", "toilet_unimproved", "unmeasured"]
    assert (first.urgency, first.seriousness, first.growth) == (5, 5, 3)
    assert (second.urgency, second.seriousness, second.growth) == (3, 4, 5)
    assert first.priority == pytest.approx(13 / 3)
    assert (first.rank_best, first.rank_worst) == (
        1,
        2,
    )  # with growth at six tenths and unknown growth low it is second
    assert (third.rank_best, third.rank_worst) == (3, 3)
    assert first.top == 1


def test_an_office_sets_weights_and_benchmarks() -> None:
    measures = {"without_kampung_kb": problem(0.5), "toilet_unimproved": problem(0.2, change=0.05)}
    growth = PrioritySettings(weights=Weights(urgency=0.1, seriousness=0.1, growth=0.8))
    assert rank_problems(measures, settings=growth)[0].key == "toilet_unimproved"
    strict = PrioritySettings(benchmarks={"toilet_unimproved": 0.0})
    assert {item.key: item.urgency for item in rank_problems(measures, settings=strict)}["toilet_unimproved"] == 4


shares = st.floats(0, 1)


@given(st.dictionaries(st.sampled_from(sorted(PROBLEMS)), shares, min_size=1))
def test_places_are_a_permutation_within_their_ranges(found: dict[str, float]) -> None:
    ranked = rank_problems({key: problem(share) for key, share in found.items()}, settings=PrioritySettings())
    assert [item.rank for item in ranked] == list(range(1, len(found) + 1))
    for item in ranked:
        assert 1 <= item.rank_best <= item.rank <= item.rank_worst <= len(found)


def test_convergence_counts_villages_once_and_names_what_is_missing() -> None:
    rows = [
        intervention(CODES[0], intervention_key="iron_pregnant", lead_agency_key="health", period="2024-Q1"),
        intervention(CODES[0], intervention_key="iron_pregnant", lead_agency_key="health", period="2024-Q2"),
        intervention(CODES[1], intervention="Jimpitan", kind=None, lead_agency="Kantor Camat"),
        intervention(CODES[2], year=2023, intervention_key="dashat"),
    ]
    found = described(regency(villages=VILLAGES, tiers=[tier(CODES[0], "dasar")], interventions=rows)).convergence
    assert found is not None
    assert (found.year, found.villages, found.without) == (2024, 2, 2)
    assert found.interventions == ("iron_pregnant", "Jimpitan")
    assert found.agencies == ("health", "Kantor Camat")
    assert [(cell.intervention, cell.villages) for cell in found.cells] == [("Jimpitan", 1), ("iron_pregnant", 1)]
    assert "iron_pregnant" not in found.missing
    assert "severe_malnutrition_care" in found.missing


def test_progress_is_told_at_the_date_of_the_newest_data() -> None:
    due, later = dt.date(2024, 1, 31), dt.date(2024, 12, 31)  # the newest data are of 29 February 2024
    plan = [
        line(CODES[0], "health", status="done", due=due, changed=0),
        line(CODES[1], "health", status="running", due=due, changed=1),
        line(CODES[2], "health", due=later, changed=0),
        line(CODES[3], "Kantor Camat", status="dropped", due=due),
        line(CODES[3], "health", status="done", meeting_date=dt.date(2022, 9, 1)),
    ]
    found = described(regency(villages=VILLAGES, tiers=[tier(CODES[0], "dasar")], plan=plan)).progress
    assert found is not None
    assert (found.meeting, found.as_of) == (dt.date(2023, 9, 1), dt.date(2024, 2, 29))
    health, camat = found.agencies
    assert (health.planned, health.done, health.late, health.not_reported, health.changed) == (3, 1, 1, 1, 1)
    assert (camat.planned, camat.dropped, camat.late) == (1, 1, 0)
    assert found.total.planned == 4


def test_without_a_plan_there_is_no_progress() -> None:
    assert described(regency(villages=VILLAGES, tiers=[tier(CODES[0], "dasar")])).progress is None


@pytest.mark.parametrize("code", ["33.16", "14.71", "13.77", "14.06", "21.05"])
def test_the_draft_of_the_demo_names_villages_of_the_regency(demo_findings: dict[str, Findings], code: str) -> None:
    priorities = demo_findings[code].priorities
    names = {village.code for village in demo_findings[code].villages}
    assert {item.village_code for item in priorities.items} <= names
    assert len({item.key for item in priorities.items}) == len(priorities.items)
    assert all(item.volume is None or item.volume >= 5 for item in priorities.items)
