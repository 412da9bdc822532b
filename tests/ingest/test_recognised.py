"""What is said of a sheet as a whole: ragged rows, headings that were missed, nothing below the headings, no end."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbkit.ingest import read_exports

HEADINGS = (
    "PROVINSI;KABUPATEN;KECAMATAN;KODE;KELURAHAN;SASARAN BKB;KESERTAAN BKB;SASARAN BKR;KESERTAAN BKR;SASARAN BKL;BULAN"
)
PLACE = "SULAWESI BARAT;PASANGKAYU;BAMBAIRA;2001;BAMBAIRA"


def _said(path: Path, *lines: str, end: str = "\n") -> tuple[list[tuple[str, int | None]], int]:
    """Return the codes and rows of the faults, and the number of rows that were read."""
    path.write_text("\n".join(lines) + end, encoding="utf-8")
    (extract,) = read_exports([path]).extracts
    return [(fault.code, fault.row) for fault in extract.faults], len(extract.table)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{PLACE};1;2;3;4;5;MEI", []),
        (f"{PLACE};1;2;3;4;5;MEI;", ["ingest.ragged_row"]),  # a lost field behind which a blank one follows
        (f"{PLACE};1;2;4;5;MEI", ["ingest.ragged_row"]),
        (f"{PLACE};X;1;2;3;4;5;MEI", ["ingest.ragged_row"]),
        (f"{PLACE};1;2;3;4;5;MEI".replace(";", ","), ["ingest.ragged_row"]),
        ("Sumber: SIGA", []),
    ],
)
def test_a_row_of_another_width_is_not_read(tmp_path: Path, row: str, said: list[str]) -> None:
    sound = [f"{PLACE};{i};2;3;4;5;MEI" for i in range(3)]
    faults, rows = _said(tmp_path / "poktan 2024.csv", HEADINGS, *sound, row)
    assert faults == [(code, 5) for code in said]
    assert rows == 3 + (not said and row.endswith("MEI"))


def test_a_delimiter_after_every_row_moves_nothing(tmp_path: Path) -> None:
    assert _said(tmp_path / "poktan 2024.csv", HEADINGS, *[f"{PLACE};1;2;3;4;5;MEI;"] * 3) == ([], 3)


@pytest.mark.parametrize(("heading", "code"), [("KESERTAN BKR", "ingest.heading_near"), ("", "ingest.heading_blank")])
def test_a_heading_that_was_missed_is_told(tmp_path: Path, heading: str, code: str) -> None:
    headings = HEADINGS.replace("KESERTAAN BKR", heading)
    faults, _ = _said(tmp_path / "poktan 2024.csv", headings, f"{PLACE};1;2;3;4;5;MEI")
    assert faults == [(code, None)]


def test_another_heading_is_none_of_the_missed(tmp_path: Path) -> None:
    headings = HEADINGS.replace("KESERTAAN BKR", "CATATAN")
    assert _said(tmp_path / "poktan 2024.csv", headings, f"{PLACE};1;2;3;4;5;MEI")[0] == []


def test_headings_alone_are_told(tmp_path: Path) -> None:
    assert _said(tmp_path / "poktan 2024.csv", HEADINGS) == ([("ingest.no_rows", None)], 0)


def test_a_last_line_without_an_end_is_noted(tmp_path: Path) -> None:
    faults, rows = _said(tmp_path / "poktan 2024.csv", HEADINGS, f"{PLACE};1;2;3;4;5;MEI", end="")
    assert (faults, rows) == ([("ingest.last_line_open", 2)], 1)


@pytest.mark.parametrize("row", [f'"{PLACE};1;2;3;4;5;MEI', f'{PLACE};1;2;3;4;5;"ME"I'])
def test_an_open_quotation_mark_refuses_an_export(tmp_path: Path, row: str) -> None:
    path = tmp_path / "poktan 2024.csv"
    path.write_text("\n".join([HEADINGS, row, f"{PLACE};1;2;3;4;5;MEI", ""]), encoding="utf-8")
    exports = read_exports([tmp_path])
    assert [(fault.code, fault.line, fault.severity) for fault in exports.faults] == [("ingest.quote_open", 2, "error")]


def test_an_open_quotation_mark_in_what_is_no_export_is_nobodys_business(tmp_path: Path) -> None:
    (tmp_path / "catatan.txt").write_text('rapat "hari Senin;\nlalu', encoding="utf-8")
    assert [(f.code, f.severity) for f in read_exports([tmp_path]).faults] == [("ingest.unrecognised", "note")]
