"""The programme of a regency small enough to count by hand: yes, no and nothing said are three answers."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import pytest

from kbkit.analysis.activities import count_once
from kbkit.analysis.programme import describe_programme
from kbkit.analysis.village_registers import newest_state, part_registers
from kbkit.dataset import DataHouse, DataHouseRegency, DataTypeCount, RegencyData
from kbkit.results.findings import Findings
from kbkit.results.programme import Membership, Presence
from tests.analysis.regencies import CODE, frame, regency, village

CODES = [f"{CODE}.01.20{number:02d}" for number in range(1, 6)]
VILLAGES = [village(number) for number in range(1, 6)]
DATE = dt.date(2024, 1, 4)


def indicator(code: str, name: str, value: float | None, period: str | None = "2024-01-04") -> dict[str, Any]:
    return {"village_code": code, "indicator": name, "value": value, "period": period}


def profile(code: str, date: dt.date = DATE, **fields: Any) -> dict[str, Any]:
    return {"village_code": code, "snapshot_date": date, "kampung_kb_name": "KB"} | fields


def intervention(code: str, **fields: Any) -> dict[str, Any]:
    named = {"year": 2024, "period": "2024", "intervention": "TTD", "lead_agency": "Dinkes", "programme_group": 4}
    return {"village_code": code} | named | fields


def money(code: str, source: str, amount: int | None, *, year: int = 2024, spent: int | None = None) -> dict[str, Any]:
    return {"village_code": code, "year": year, "source": source, "amount": amount, "spent": spent}


def data(**tables: list[dict[str, Any]]) -> RegencyData:
    return regency(villages=VILLAGES, **tables)


def presences(found: RegencyData) -> dict[str, Presence]:
    return {presence.name: presence for presence in describe_programme(found).presences}


def counts(presence: Presence) -> tuple[int, int, int]:
    return presence.yes, presence.no, presence.silent


def memberships(found: RegencyData) -> dict[str, Membership]:
    return {membership.name: membership for membership in describe_programme(found).memberships}


def test_without_data_every_part_is_absent() -> None:
    found = describe_programme(data())
    assert (found.presences, found.memberships) == ((), ())
    parts = (found.launches, found.pokja, found.data_types, found.funding, found.activities)
    assert parts == (None,) * 5


def test_launches_by_year_and_a_village_that_contradicts_itself() -> None:
    rows = [
        *(indicator(CODES[0], name, value) for name, value in (("kampung_kb", 2), ("kampung_kb_launched_2017", 1))),
        *(
            indicator(CODES[1], name, value)
            for name, value in (("kampung_kb", 1), ("kampung_kb_launched_after_2019", 1))
        ),
        indicator(CODES[2], "kampung_kb", 0),
        *(indicator(CODES[3], name, value) for name, value in (("kampung_kb", 1), ("kampung_kb_launched_2016", 2))),
    ]
    launches = describe_programme(data(village_indicators=rows)).launches
    assert launches is not None
    assert {launch.year: launch.kampung_kb for launch in launches.years} == {
        "2016": 0, "2017": 1, "2018": 0, "2019": 0, "after_2019": 1
    }  # fmt: skip
    assert (launches.villages, launches.villages_with, launches.kampung_kb) == (4, 2, 3)
    assert (launches.without_year, launches.excluded, launches.period) == (1, 1, "2024-01-04")


def test_a_register_says_no_and_a_profile_cannot() -> None:
    registered = data(village_indicators=[indicator(CODES[0], "has_bkb", 1), indicator(CODES[1], "has_bkb", 0)])
    assert counts(presences(registered)["bkb"]) == (1, 1, 3)
    profiled = data(profiles=[profile(CODES[0], members_bkb=12), profile(CODES[1])])
    assert counts(presences(profiled)["bkb"]) == (1, 0, 4)
    assert presences(profiled)["bkb"].source == "profile"


def test_a_negative_number_of_members_shows_no_group() -> None:
    found = data(profiles=[profile(CODES[0], members_bkb=-12)])
    assert counts(presences(found)["bkb"]) == (0, 0, 5)


def test_a_village_with_several_kampung_kb_counts_once() -> None:
    rows = [profile(CODES[0], pokja_formed=1), profile(CODES[0], pokja_formed=1), profile(CODES[1])]
    assert counts(presences(data(profiles=rows))["pokja"]) == (1, 0, 4)


def test_a_dashat_that_is_not_listed_is_not_known_to_be_absent() -> None:
    rows = [intervention(CODES[0], intervention_key="dashat"), intervention(CODES[1]),
            intervention(CODES[2], intervention_key="dashat", year=2023, period="2023")]  # fmt: skip
    assert counts(presences(data(interventions=rows))["dashat"]) == (1, 0, 4)


def test_pokja_numbers_that_cannot_be_are_left_out_and_counted() -> None:
    rows = [
        profile(CODES[0], pokja_formed=1, pokja_members=10, pokja_members_trained=4),
        profile(CODES[1], pokja_formed=1, pokja_members=8),
        profile(CODES[2], pokja_formed=1, pokja_members=5, pokja_members_trained=6),
        profile(CODES[3], funding_sources=1, regulations=1),
        profile(CODES[4], dt.date(2023, 1, 4), pokja_members=99),
    ]
    pokja = describe_programme(data(profiles=rows)).pokja
    assert pokja is not None
    assert (pokja.date, pokja.records, pokja.nothing_entered) == (DATE, 4, 1)
    assert (pokja.with_members, pokja.members) == (2, 10 + 8)
    assert (pokja.with_trained, pokja.trained, pokja.excluded) == (1, 4, 1)


def test_members_come_from_the_newest_month_of_the_register_before_the_profile() -> None:
    rows = [
        *(indicator(CODES[0], name, value, "2023-12") for name, value in (("bkb_members", 30), ("bkb_target", 100))),
        *(indicator(CODES[1], name, value, "2023-12") for name, value in (("bkb_members", 50), ("bkb_target", 40))),
        *(indicator(CODES[2], name, value, "2023-11") for name, value in (("bkb_members", 9), ("bkb_target", 10))),
    ]
    profiles = [
        profile(CODES[0], members_bkb=1, families_with_under_five=2, members_pik_r=5, adolescents=20),
        profile(CODES[1], members_pik_r=50, adolescents=20),
    ]
    found = memberships(data(village_indicators=rows, profiles=profiles))
    assert set(found) == {"bkb", "pik_r"}
    bkb, youth = found["bkb"], found["pik_r"]
    assert (bkb.source, bkb.time, bkb.rows, bkb.members, bkb.target, bkb.excluded) == (
        "register", "2023-12", 1, 30, 100, 1
    )  # fmt: skip
    assert bkb.share == pytest.approx(0.3)
    assert (youth.source, youth.rows, youth.members, youth.excluded) == ("profile", 1, 5, 1)


def test_undated_rows_of_a_register_are_used_only_where_none_is_dated() -> None:
    dated, undated = indicator(CODES[0], "has_bkb", 0, "XXXX-09"), indicator(CODES[0], "has_bkb", 1, None)
    for rows, period, value in (([dated, undated], "XXXX-09", 0), ([undated], None, 1)):
        state = newest_state(part_registers(frame("village_indicators", rows)), ["has_bkb"])
        assert state is not None
        assert (state.period, state.values["has_bkb"].tolist()) == (period, [value])
    known = indicator(CODES[0], "has_bkb", 1, "2022-03")
    state = newest_state(part_registers(frame("village_indicators", [dated, known])), ["has_bkb"])
    assert state is not None
    assert state.period == "2022-03"  # a month whose year nobody knows is no newer than one that is known


def test_money_none_and_silence_are_three_things() -> None:
    rows = [
        money(CODES[0], "bokb", 5_000_000, spent=4_000_000),
        money(CODES[0], "village_fund", None),
        money(CODES[1], "bokb", 7_000_000),
        money(CODES[1], "bokb", 3_000_000),
        money(CODES[2], "bokb", 0),
        money(CODES[3], "csr", 9_000_000, year=2023),
    ]
    funding = describe_programme(data(funding=rows)).funding
    assert funding is not None
    assert (funding.year, funding.funded, funding.unfunded, funding.silent) == (2024, 2, 1, 2)
    bokb, village_fund = funding.sources
    assert (bokb.source, bokb.villages, bokb.amount, bokb.spent) == ("bokb", 2, 15_000_000, 4_000_000)
    assert (village_fund.villages, village_fund.amount, village_fund.without_amount) == (1, None, 1)


def test_eight_groups_villages_once_and_money() -> None:
    rows = [
        intervention(CODES[0], budget=100, spent=50),
        intervention(CODES[0], intervention="MP-ASI", budget=100),
        intervention(CODES[1], programme_group=8, intervention="Jamban", budget=400, spent=400),
        intervention(CODES[2], programme_group=None, intervention="Jimpitan"),
    ]
    activities = describe_programme(data(interventions=rows)).activities
    assert activities is not None
    assert (activities.villages, activities.silent) == (3, 2)
    by_group = {group.group: group for group in activities.groups}
    assert list(by_group) == [1, 2, 3, 4, 5, 6, 7, 8, None]
    four = by_group[4]
    assert (four.villages, four.interventions, four.budget, four.spent, four.realised) == (1, 2, 200, 50, 0.5)
    assert (by_group[1].villages, by_group[1].budget, by_group[1].realised) == (0, None, None)
    assert (activities.total.villages, activities.total.budget) == (3, 600)


def test_a_years_line_is_not_added_to_its_quarters() -> None:
    periods = ("2024", "2024-Q1", "2024-Q2", "2024-S1")
    rows = frame("interventions", [intervention(CODES[0], period=period, budget=10) for period in periods])
    assert count_once(rows)["period"].tolist() == ["2024"]
    assert count_once(rows[1:])["period"].tolist() == ["2024-S1"]
    assert count_once(rows[1:3])["period"].tolist() == ["2024-Q1", "2024-Q2"]
    other = frame("interventions", [intervention(CODES[0]), intervention(CODES[0], period="2024-Q1", lead_agency=None)])
    assert len(count_once(other)) == 2


def with_house(found: RegencyData, source: Literal["placeholder", "office"]) -> RegencyData:
    house = DataHouse(
        list_source=source,
        villages=5,
        types=tuple(DataTypeCount(name=f"Jenis {number}", villages=0, readable=True) for number in range(7)),
        regencies=(DataHouseRegency(code=CODE, villages=5, mean_types=3.4),),
    )
    metadata = found.metadata.model_copy(update={"data_house": house})
    return RegencyData(**{**vars(found), "metadata": metadata})


def test_types_of_data_are_counted_by_the_placeholder_and_of_an_own_list_only_the_mean_is_known() -> None:
    found = data(village_indicators=[indicator(CODES[0], "health_insured", 10), indicator(CODES[1], "couples", 7)])
    own = describe_programme(with_house(found, "placeholder")).data_types
    assert own is not None
    assert {item.name: item.villages for item in own.types if item.villages} == {
        "Pasangan usia subur": 1, "Peserta BPJS/JKN": 1
    }  # fmt: skip
    assert own.mean_types == pytest.approx(2 / 5)
    office = describe_programme(with_house(found, "office")).data_types
    assert office is not None
    assert (office.types, office.mean_types, office.listed) == ((), 3.4, 7)


@pytest.mark.parametrize("code", ["33.16", "14.71", "13.77", "14.06", "21.05"])
def test_the_demo_adds_up(demo_findings: dict[str, Findings], code: str) -> None:
    findings = demo_findings[code]
    programme, villages = findings.programme, findings.coverage.villages
    assert {presence.villages for presence in programme.presences} == {villages}
    assert programme.funding is not None
    assert programme.funding.funded + programme.funding.unfunded + programme.funding.silent == villages
    assert programme.activities is not None
    assert programme.activities.villages + programme.activities.silent == villages
    assert programme.activities.total.budget == sum(group.budget or 0 for group in programme.activities.groups)
    assert programme.launches is not None
    told = sum(launch.kampung_kb for launch in programme.launches.years)
    assert told + programme.launches.without_year == programme.launches.kampung_kb
