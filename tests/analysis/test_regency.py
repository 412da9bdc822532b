"""Findings of a whole regency."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import kbkit
from kbkit.errors import Withheld
from kbkit.results.findings import Findings, read_findings
from tests.analysis.regencies import measure, regency, tier, village


def test_published_tier_counts_of_the_demo(demo_findings: dict[str, Findings]) -> None:
    counts = {}
    for code, findings in demo_findings.items():
        assert findings.classification is not None
        total = findings.classification.total
        counts[code] = (total.dasar, total.berkembang, total.mandiri, total.berkelanjutan, findings.coverage.villages)
    assert counts == {
        "33.16": (93, 56, 32, 114, 295),
        "14.71": (48, 3, 0, 10, 83),
        "13.77": (0, 8, 13, 50, 71),
        "14.06": (28, 3, 0, 4, 145),
        "21.05": (25, 1, 3, 1, 54),
    }


def test_findings_survive_json_at_full_precision(demo_findings: dict[str, Findings], tmp_path: Path) -> None:
    for findings in demo_findings.values():
        assert read_findings(findings.save(tmp_path)) == findings


def test_parts_add_up_to_the_regency(demo_findings: dict[str, Findings]) -> None:
    for findings in demo_findings.values():
        assert findings.stunting is not None
        whole = findings.stunting.latest.children_measured
        by_tier = sum(group.children.children_measured or 0 for group in findings.stunting.tiers)
        by_district = sum(group.children.children_measured or 0 for group in findings.stunting.districts)
        listed = sum(village.children_measured or 0 for village in findings.villages)
        assert whole == by_tier == by_district == listed
        assert len(findings.villages) == findings.coverage.villages


def test_simulated_data_say_so(demo_findings: dict[str, Findings]) -> None:
    assert {findings.provenance.data_status for findings in demo_findings.values()} == {"simulated"}


def test_a_regency_without_any_data_is_withheld() -> None:
    with pytest.raises(Withheld) as caught:
        kbkit.analyse_regency(regency(villages=[village(1)]))
    assert caught.value.faults[0].code == "analysis.nothing_to_report"


def test_a_village_is_listed_with_tier_and_indices_of_one_snapshot() -> None:
    """A snapshot after the last measurement: its tier never stands beside the indices of another one."""
    place = village(1)
    code = place["village_code"]
    data = regency(
        villages=[place],
        tiers=[
            tier(code, "dasar", dt.date(2024, 1, 4), index_input=1.0),
            tier(code, "mandiri", dt.date(2024, 6, 4), index_input=3.2),
        ],
        stunting=[measure(code, target=50, measured=40, stunted=8)],
    )
    (listed,) = kbkit.analyse_regency(data).villages
    assert (listed.tier, listed.index_input, listed.children_measured) == ("mandiri", 3.2, 40)


def test_villages_are_listed_without_any_measurement() -> None:
    place = village(1)
    data = regency(villages=[place, village(2)], tiers=[tier(place["village_code"], "dasar")])
    listed = kbkit.analyse_regency(data).villages
    assert [(item.tier, item.children_measured, item.coverage) for item in listed] == [
        ("dasar", None, None),
        (None, None, None),
    ]
