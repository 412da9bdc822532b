"""No hidden number can be worked out from all that a run writes; leaks made on purpose are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kbkit
from kbkit import Findings
from kbkit.analysis import joint_disclosure
from kbkit.analysis.panel import build_panel
from kbkit.analysis.rows import as_rows
from kbkit.dataset import RegencyData
from kbkit.domain.editions import SMALL_CELLS
from kbkit.report import compose_report
from tests.disclosure.audit import Intruder, audit, audit_families, read_truth
from tests.disclosure.outputs import add_column, read_folder, read_sentences
from tests.export.conftest import to_html
from tests.export.reports import notebook_of

PUBLIC = SMALL_CELLS["public"]


@pytest.fixture(scope="module")
def data(demo_dataset: Path) -> RegencyData:
    """The islands: small villages, hidden districts, and two parts of tier Dasar."""
    return kbkit.read_regency(demo_dataset, regency="21.05")


@pytest.fixture(scope="module")
def findings(demo_findings: dict[str, Findings]) -> Findings:
    return demo_findings["21.05"]


@pytest.fixture(scope="module")
def folder(findings: Findings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("run")
    write(findings, place)
    return place


def write(findings: Findings, place: Path) -> None:
    compose_report(findings, language="id").save(place)
    (place / "report.html").write_text(to_html(notebook_of(findings, language="id")), encoding="utf-8")


def test_no_hidden_number_can_be_worked_out(data: RegencyData, findings: Findings, folder: Path) -> None:
    intruder, exposures = audit(data, findings, read_folder(folder), PUBLIC)
    assert exposures == []
    assert intruder.told(read_sentences(folder), PUBLIC) == []
    assert len(intruder.rows) > 2 * len(intruder.truth.codes), "tables were understood"


def test_a_child_moved_between_hidden_villages_changes_no_table(data: RegencyData) -> None:
    """Intervals are no linear equations: they must be the same for any hidden numbers."""
    truth, hidden = read_truth(data), planned(data)
    codes = [
        code
        for code, (least, most) in hidden.items()
        if least < truth.stunted[truth.codes.index(code)] < most and most < 5
    ]
    pairs = [(one, other) for one in codes for other in codes if one < other and tiers(data)[one] == tiers(data)[other]]
    moved = next(rows for pair in pairs for rows in [move(data, *pair)] if planned(rows) == hidden)
    before, after = (kbkit.analyse_regency(rows) for rows in (data, moved))
    assert before.stunting == after.stunting
    assert before.summary == after.summary
    assert before.association.reporting == after.association.reporting


def planned(data: RegencyData) -> Any:
    return joint_disclosure.plan_disclosure(as_rows(build_panel(data)), rule=PUBLIC).villages


def tiers(data: RegencyData) -> dict[str, tuple[str, str, str]]:
    placed = joint_disclosure.place_villages(as_rows(build_panel(data)))
    return {village.code: (village.district, village.tier, village.part) for village in placed}


def move(data: RegencyData, giver: str, taker: str) -> RegencyData:
    rows = data.stunting.copy()
    for code, change in ((giver, -1), (taker, 1)):
        rows.loc[(rows["village_code"] == code) & (rows["period"] == rows["period"].max()), "children_stunted"] += (
            change
        )
    return replace(data, stunting=rows)


def test_a_hidden_cell_in_one_file_is_found(data: RegencyData, findings: Findings, folder: Path) -> None:
    assert findings.stunting is not None
    lines = read_folder(folder)
    truth = read_truth(data)
    leak = [(unit.name.split(" (")[0], truth.number(unit, "stunted")) for unit in truth.units if unit.kind == "village"]
    add_column(folder / "tables" / "village_list.csv", "Stunting", leak)
    assert audit(data, findings, [*lines, *read_folder(folder)], PUBLIC)[1]


def test_a_rounded_share_is_found(data: RegencyData, findings: Findings, folder: Path) -> None:
    lines, truth = read_folder(folder), read_truth(data)
    shares = {
        unit: (round(truth.number(unit, "stunted/1"), 3), 0.0005) for unit in truth.units if unit.kind == "village"
    }
    intruder = Intruder(truth=truth)
    intruder.read(lines)
    for unit, (value, tolerance) in shares.items():
        intruder.learn(unit, "stunted/1", value, tolerance)
    assert intruder.exposures(PUBLIC)


def test_a_sentence_that_tells_is_found(data: RegencyData) -> None:
    intruder = Intruder(truth=read_truth(data))
    unit = next(unit for unit in intruder.truth.units if PUBLIC.hides(int(intruder.truth.number(unit, "stunted"))))
    name, number = unit.name.split(" (")[0], int(intruder.truth.number(unit, "stunted"))
    assert intruder.told([f"Di {name} ada {number} balita stunting."], PUBLIC)
    assert intruder.told([f"Di {name} ada 1–4 balita stunting."], PUBLIC) == []


def test_hiding_only_what_is_small_is_found(data: RegencyData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def primary(villages: Sequence[joint_disclosure.Placed], *, rule: Any) -> Any:
        sums = joint_disclosure._sums(villages)
        counted = joint_disclosure.count_villages(villages, set(), rule)
        small = {place: village.range for place, village in enumerate(counted) if village.small or village.tiny}
        return {group for group, number in sums.items() if rule.hides(number)}, small

    monkeypatch.setattr(joint_disclosure, "hide_cells", primary)
    leaky = kbkit.analyse_regency(data)
    compose_report(leaky, language="id").save(tmp_path)
    assert audit(data, leaky, read_folder(tmp_path), PUBLIC)[1]


@pytest.mark.parametrize("code", ["13.77", "14.71"])
def test_findings_of_other_regencies_tell_nothing(
    demo_dataset: Path, demo_findings: dict[str, Findings], tmp_path: Path, code: str
) -> None:
    demo_findings[code].save(tmp_path)
    data = kbkit.read_regency(demo_dataset, regency=code)
    assert audit(data, demo_findings[code], read_folder(tmp_path), PUBLIC)[1] == []


def test_the_strict_edition_keeps_its_wider_promise(data: RegencyData, tmp_path: Path) -> None:
    strict = kbkit.analyse_regency(data, edition="strict")
    strict.save(tmp_path)
    assert strict.edition == "strict"
    assert audit(data, strict, read_folder(tmp_path), SMALL_CELLS["strict"])[1] == []
    assert audit(data, strict, read_folder(tmp_path), replace(SMALL_CELLS["strict"], width=12))[1], "not for any width"


def test_the_internal_edition_hides_nothing(data: RegencyData, tmp_path: Path) -> None:
    internal = kbkit.analyse_regency(data, edition="internal")
    internal.save(tmp_path)
    assert not isinstance(internal.small_areas, kbkit.results.Undefined)
    assert internal.small_areas.hidden == 0
    assert '"suppressed"' not in internal.to_json()
    assert audit(data, internal, read_folder(tmp_path), PUBLIC)[1]


def scarce(data: RegencyData) -> RegencyData:
    """The islands with few families at risk in two districts and little unimproved water anywhere."""
    rows = data.families.copy()
    latest = rows["semester"] == rows["semester"].max()
    districts = sorted(data.villages["district_code"].unique())[:2]
    few = rows["village_code"].isin(data.villages.loc[data.villages["district_code"].isin(districts), "village_code"])
    rows.loc[latest & few, "families_at_risk"] = 0
    for district, number in zip(districts, (3, 2), strict=True):
        inside = rows["village_code"].str.startswith(district)
        rows.loc[rows.index[latest & inside][:1], "families_at_risk"] = number
    rows.loc[latest, "water_unimproved"] = 0
    rows.loc[rows.index[latest][:1], "water_unimproved"] = 4
    return replace(data, families=rows)


def test_small_numbers_of_families_stay_hidden(
    data: RegencyData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = scarce(data)
    write(kbkit.analyse_regency(few), tmp_path / "public")
    understood, found = audit_families(few, read_folder(tmp_path / "public"), PUBLIC)
    assert understood > 20
    assert found == []
    # A plan that hides nothing of families is found.
    monkeypatch.setattr("kbkit.analysis.families.hide_parts", lambda numbers, rule: (False, frozenset()))
    leaky = kbkit.analyse_regency(few)
    leaky.save(tmp_path / "leaky")
    assert audit_families(few, read_folder(tmp_path / "leaky"), PUBLIC)[1]
