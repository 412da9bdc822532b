"""What the findings say of their sources: the regency's own rows, and nothing that a neighbour could change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.sources import describe_provenance
from kbkit.dataset import Source, read_metadata, read_regency
from kbkit.prepare import prepare_dataset
from kbkit.results.findings import Findings
from kbkit.run.fingerprint import regency_data
from tests.analysis.regencies import regency, village

FILE = "data_verval_krs_2023_sem2.csv"


def source(file: str, sheet: str | None = None) -> Source:
    return Source(file=file, sheet=sheet, layout="x", sha256="", rows_read=99, rows_kept=98)


def row(sheet: str | None, number: int, *, file: str = "a.xlsx") -> dict[str, object]:
    return {
        "source_file": file,
        "source_sheet": sheet,
        "source_row": number,
        "village_code": village(1)["village_code"],
    }


def test_rows_are_counted_by_sheet_and_once_each() -> None:
    data = regency(
        profiles=[row("I", 2), row("I", 3)],
        # One row of the file is one of the profile and several indicators; a file without sheets has none.
        village_indicators=[row("I", 3), row("I", 3), row("I", 4), row(None, 2, file="b.csv")],
        unmatched=[row("I", 5), row("II", 2)],
    )
    listed = (source("a.xlsx", "I"), source("a.xlsx", "II"), source("a.xlsx", "III"), source("b.csv"))
    data = replace(data, metadata=data.metadata.model_copy(update={"sources": listed}))
    found = describe_provenance(data, AnalysisPlan()).sources
    assert [(use.file, use.sheet, use.rows_used, use.rows_unmatched) for use in found] == [
        ("a.xlsx", "I", 3, 1),
        ("a.xlsx", "II", 0, 1),
        ("b.csv", None, 1, 0),
    ]


def test_the_rows_of_the_demo_are_those_of_its_tables(demo_findings: dict[str, Findings], demo_dataset: Path) -> None:
    for code, findings in demo_findings.items():
        data = read_regency(demo_dataset, regency=code)
        by_layout = {use.layout: 0 for use in findings.provenance.sources}
        for use in findings.provenance.sources:
            by_layout[use.layout] += use.rows_used
        assert by_layout["verval_krs"] == len(data.families)
        assert by_layout["eppgbm"] == len(data.stunting)
        assert sum(use.rows_unmatched for use in findings.provenance.sources) == len(data.unmatched)
        assert findings.provenance.data_digest == data.digest


@pytest.fixture(scope="module")
def before_and_after(demo_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return datasets from a file of five regencies; in the second one village has one more family at risk."""
    text = next(demo_dataset.parent.rglob(FILE)).read_text(encoding="utf-8")
    place = tmp_path_factory.mktemp("sumber bersama")
    lines = text.split("\n")
    cells = lines[1].split(";")
    assert cells[2] == "BLORA"
    cells[13], cells[14] = str(int(cells[13]) + 1), str(int(cells[14]) - 1)
    datasets = []
    for name, content in (("sebelum", text), ("sesudah", "\n".join([lines[0], ";".join(cells), *lines[2:]]))):
        (place / FILE).write_text(content, encoding="utf-8")
        prepare_dataset(sources=[place / FILE], out=place / name)
        datasets.append(place / name)
    before, after = datasets
    return before, after


def test_one_mended_row_of_a_shared_file_touches_one_regency(before_and_after: tuple[Path, Path]) -> None:
    before, after = before_and_after
    old, new = read_metadata(before), read_metadata(after)
    assert old.sources[0].sha256 != new.sources[0].sha256
    assert len(old.regencies) == 5
    changed = [
        code
        for code in old.regencies
        if regency_data(before, code=code, metadata=old, before={})
        != regency_data(after, code=code, metadata=new, before={})
    ]
    told = [
        code
        for code in old.regencies
        if describe_provenance(read_regency(before, regency=code), AnalysisPlan())
        != describe_provenance(read_regency(after, regency=code), AnalysisPlan())
    ]
    assert changed == told == ["33.16"]
