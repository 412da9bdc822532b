from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from kbkit.document import Cell, Column, Emblem, Row
from kbkit.export import WorkbookExporter
from kbkit.export.spreadsheet_values import interval_in_points, write_cell, write_interval
from tests.export.conftest import GET_EXPORTER, document, heading, report, table

_WORKBOOK: Any = WorkbookExporter
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="


def to_xlsx(node: Any) -> bytes:
    body, _ = _WORKBOOK().from_notebook_node(node)
    return bytes(body)


def opened(node: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(node)))


COLUMNS = (
    Column(title="Kode"),
    Column(title="Desa"),
    Column(title="Diukur", align="end", group="Balita"),
    Column(title="IK 95%", align="end", group="Balita"),
    Column(title="poin", align="end"),
)


def line(*cells: Cell, kind: Any = "body") -> Row:
    return Row(cells=cells, kind=kind)


ROWS = (
    line(*(Cell(text=text, value=text) for text in ("Cepu", "", "", "", "")), kind="group"),
    line(
        Cell(text="33.10", value="33.10"),
        Cell(text="=HYPERLINK(1)", value="=HYPERLINK(1)"),
        Cell(text="1.245", value=1245),
        Cell(text="19,8–23,5%", value="0.1979 0.2351"),
        Cell(text="−2,1", value=-0.02136),
    ),
    line(
        Cell(text="33.11", value="33.11"),
        Cell(text="Ledok", value="Ledok"),
        Cell(text="[c]"),
        Cell(text="–"),
        Cell(text="+0,3", value=0.0031),
    ),
)


@pytest.fixture
def book() -> Any:
    return opened(
        report(heading("Satu"), table(columns=COLUMNS, rows=ROWS, notes=("Catatan & lain",), source="Portal"))
    )


def test_entry_point() -> None:
    assert GET_EXPORTER("kbkit-xlsx") is WorkbookExporter


def test_cover_contents_notes_and_a_sheet_a_table(book: Any) -> None:
    assert book.sheetnames == ["Sampul", "Daftar isi", "Keterangan", "Tabel 1.1"]
    assert book["Daftar isi"]["A3"].hyperlink.location == "'Tabel 1.1'!A1"
    assert book["Sampul"]["A1"].value == "Laporan Kabupaten Blora"


def test_values_are_numbers_and_codes_are_text(book: Any) -> None:
    sheet = book["Tabel 1.1"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=7)]
    assert rows[0] == [
        "Kode",
        "Desa",
        "Balita: Diukur",
        "Balita: IK 95%, batas bawah",
        "Balita: IK 95%, batas atas",
        "poin",
    ]
    assert rows[2] == ["33.10", "=HYPERLINK(1)", 1245, 0.1979, 0.2351, pytest.approx(-2.136)]
    assert rows[3] == ["33.11", "Ledok", "[c]", "[x]", "[x]", pytest.approx(0.31)]
    assert sheet["C6"].number_format == "#,##0"
    assert sheet["D6"].number_format == "#,##0.0%"
    assert sheet["A6"].number_format == "@"


def test_text_that_looks_like_a_formula_is_text_and_stays_text_when_edited(book: Any) -> None:
    cell = book["Tabel 1.1"]["B6"]
    assert cell.data_type == "s"
    assert cell.style.quotePrefix if hasattr(cell.style, "quotePrefix") else cell.quotePrefix


def test_no_formula_in_any_sheet(book: Any) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_head_stays_and_is_repeated_on_paper(book: Any) -> None:
    sheet = book["Tabel 1.1"]
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0


def test_the_stamp_is_on_every_sheet_and_page() -> None:
    book = opened(report(heading("Satu"), table(("a", "1")), stamp="DATA SIMULASI", running_head="A & B"))
    assert all(sheet.oddHeader.right.text == "DATA SIMULASI" for sheet in book)
    assert all("A & B" in sheet.oddHeader.left.text.replace("&&", "&") for sheet in book)
    assert book["Tabel 1.1"]["A2"].value == "DATA SIMULASI"


def test_the_same_bytes_twice() -> None:
    node = report(heading("Satu"), table(("a", "1")))
    first = to_xlsx(node)
    assert first == to_xlsx(node)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_logo_has_an_alternative_text() -> None:
    logo = Emblem(media_type="image/png", data=DOT, alt="Logo Dinas")
    node = report(table(("a", "1")), logo=logo)
    with zipfile.ZipFile(io.BytesIO(to_xlsx(node))) as archive:
        assert 'descr="Logo Dinas"' in archive.read("xl/drawings/drawing1.xml").decode()


def test_a_report_without_tables_and_a_table_without_rows() -> None:
    assert opened(report(heading("Satu"))).sheetnames == ["Sampul", "Daftar isi", "Keterangan"]
    assert opened(report(table())).worksheets[3]["A5"].value == "Tidak ada baris."


@pytest.mark.parametrize(
    ("text", "value", "language", "expected", "number_format"),
    [
        ("21,6%", 0.2163, "id", 0.2163, "#,##0.0%"),
        ("21.6%", 0.2163, "en", 0.2163, "#,##0.0%"),
        ("1,245", 1245, "en", 1245, "#,##0"),
        ("2024", 2024, "id", 2024, "0"),
        ("3,40", 3.4, "id", 3.4, "#,##0.00"),
        ("−2,1", -0.02136, "id", -2.136, "+#,##0.0;-#,##0.0;#,##0.0"),
        ("+0,3", 0.0031, "id", 0.31, "+#,##0.0;-#,##0.0;#,##0.0"),
        ("0,0", 0.0, "id", 0.0, "#,##0.0"),
        ("<\u202f0,001", 0.0002, "id", 0.0002, "0.0E+00"),
        ("12 desa", 12, "id", 12, "General"),
    ],
)
def test_a_number_looks_as_it_is_printed(
    text: str, value: float, language: str, expected: float, number_format: str
) -> None:
    written = write_cell(Cell(text=text, value=value), language=language)
    assert written.value == pytest.approx(expected)
    assert written.number_format == number_format


@pytest.mark.parametrize(("text", "mark"), [("[c]", "[c]"), ("–", "[x]"), ("", None)])
def test_marks(text: str, mark: str | None) -> None:
    assert write_cell(Cell(text=text), language="id").value == mark


def test_limits_in_points_are_a_hundredfold() -> None:
    cell = Cell(text="−4,0 s.d. +0,3", value="-0.0401 0.0032")
    assert interval_in_points([cell], language="id")
    lower, upper = write_interval(cell, language="id", points=True)
    assert lower.value == pytest.approx(-4.01)
    assert upper.value == pytest.approx(0.32)
    assert not interval_in_points([Cell(text="1,20–1,90", value="1.2 1.9")], language="id")


def test_a_foreign_document_without_a_date() -> None:
    assert opened(report(table(("a", "1")), date=None)).properties.created.year == 1970
    assert document().date is None
