"""What is dated later than the day of reading is not read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kbkit.domain.periods import begins
from kbkit.errors import InputError
from kbkit.prepare import prepare_dataset
from tests.ingest.writing import VERVAL_COUNTS, VERVAL_HEADINGS, classification_row, write_classification

TODAY = dt.date(2024, 8, 31)
PLACE = ("SUMATERA BARAT", "KOTA PARIAMAN", "PARIAMAN TENGAH")


def test_an_export_of_tomorrow_is_refused_with_one_message(tmp_path: Path) -> None:
    rows = [classification_row(name, place=PLACE) for name in ("KARAN AUR", "LOHONG")]
    path = write_classification(tmp_path / "klasifikasi_2024-09-01.xlsx", rows)
    with pytest.raises(InputError) as caught:
        prepare_dataset(sources=[path], out=tmp_path / "D", today=TODAY)
    (fault,) = caught.value.faults
    assert (fault.code, fault.found, fault.allowed) == ("ingest.date_in_future", "2024-09-01", "2024-08-31")
    write_classification(tmp_path / "klasifikasi_2024-08-31.xlsx", rows[:1])
    report = prepare_dataset(sources=[tmp_path], out=tmp_path / "D", today=TODAY)
    assert [(count.read, count.kept, count.refused) for count in report.layouts] == [(3, 1, 2)]
    refused = {source.file[-15:]: source.refused for source in report.metadata.sources}
    assert [(item.code, item.rows) for item in refused["2024-09-01.xlsx"]] == [("ingest.date_in_future", 2)]


def test_only_the_rows_of_a_semester_to_come_are_refused(tmp_path: Path) -> None:
    place = "0;SUMATERA BARAT;KOTA PARIAMAN;PARIAMAN TENGAH;1001;KARAN AUR"
    rows = [f"{place};{VERVAL_COUNTS};Sem {half} 20{year}" for half, year in ((2, 23), (2, 24), (1, 25))]
    (tmp_path / "krs.csv").write_text("\n".join([VERVAL_HEADINGS, *rows, ""]), encoding="utf-8")
    report = prepare_dataset(sources=[tmp_path / "krs.csv"], out=tmp_path / "D", today=TODAY)
    assert [(count.read, count.kept, count.refused) for count in report.layouts] == [(3, 2, 1)]
    (fault,) = report.faults
    assert (fault.found, fault.details["rows"]) == ("2025-S1", 1)


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("2024-08-17", "2024-08-17"),
        ("2024-08", "2024-08-01"),
        ("2024-Q3", "2024-07-01"),
        ("2024-S2", "2024-07-01"),
        (2024, "2024-01-01"),
        ("2024-01/2024-08", "2024-08-01"),
        ("XXXX-08", "None"),
        (None, "None"),
    ],
)
def test_the_first_day_of_a_period(period: object, first: str) -> None:
    assert str(begins(period)) == first
