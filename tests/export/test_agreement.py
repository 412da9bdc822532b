"""The formats of one report agree: each is read back from its file, and all say the numbers of the findings."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import docx
import openpyxl
import pytest
from lxml import html as lxml_html
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from pypdf import PdfReader

from kbkit import Findings
from kbkit.document import Cell, Table
from kbkit.export.numbering import Placed
from kbkit.export.reading import read_report
from kbkit.results import Undefined
from kbkit.text import MISSING, Language, Voice
from tests.export.reports import notebook_of

pytestmark = pytest.mark.slow

Grid = list[list[str]]


def exported(node: NotebookNode, name: str) -> Any:
    body, _ = get_exporter(f"kbkit-{name}")().from_notebook_node(node)  # type: ignore[no-untyped-call]
    return body


class Formats:
    """A report's files, read back."""

    def __init__(self, node: NotebookNode) -> None:
        report = read_report(node, name="report")
        self.tables: list[Placed] = [part for part in report.parts if isinstance(part.element, Table) and part.label]
        self.page = lxml_html.document_fromstring(exported(node, "html"))
        pages = PdfReader(io.BytesIO(exported(node, "pdf"))).pages
        self.pdf_words = " ".join(page.extract_text() for page in pages)
        self.pdf = squeezed(self.pdf_words)
        self.book: Any = openpyxl.load_workbook(io.BytesIO(exported(node, "xlsx")))
        self.word: Any = docx.Document(io.BytesIO(exported(node, "docx")))

    def html_grid(self, part: Placed) -> Grid:
        rows = self.page.get_element_by_id(part.anchor).findall(".//tbody/tr")
        return [[plain(cell.text_content()) for cell in row] for row in rows]


def plain(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Return a text without what a typesetter puts into it: blanks, and the marks of possible breaks."""
    return re.sub(r"[\s\u00ad\u200b]", "", text)


def printed(value: Any, number_format: str, language: Language) -> str:
    """Print a number as Excel would on a computer of that language. Written apart from what it tests."""
    body = number_format.split(";")[0].lstrip("+")
    percent, grouped = body.endswith("%"), "," in body
    decimals = len(body.rstrip("%").partition(".")[2])
    number = 100 * value if percent else value
    text = f"{abs(round(number, decimals)):,.{decimals}f}" if grouped else f"{abs(number):.{decimals}f}"
    if language == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    positive = "+" if number_format.startswith("+") else ""
    sign = "" if round(number, decimals) == 0 else "−" if number < 0 else positive
    return sign + text + ("%" if percent else "")


@pytest.fixture(scope="module", params=["id", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


@pytest.fixture(scope="module")
def anambas(demo_findings: dict[str, Findings]) -> Findings:
    # Of the regencies with suppressed cells the one that is read back fastest.
    return demo_findings["21.05"]


@pytest.fixture(scope="module")
def formats(anambas: Findings, language: Language) -> Formats:
    return Formats(notebook_of(anambas, language=language))


def test_html_has_every_cell_of_every_table(formats: Formats) -> None:
    assert len(formats.tables) > 10
    for part in formats.tables:
        assert isinstance(part.element, Table)
        cells = [[plain(cell.text) for cell in row.cells] for row in part.element.rows]
        assert [row[: len(shown)] for row, shown in zip(cells, formats.html_grid(part), strict=True)] == (
            formats.html_grid(part)
        )


def numbers_of(cell: str) -> list[str]:
    """Return the numbers of a cell as they are printed, signs, percent and all."""
    return re.findall(r"[+−]?\d[\d.,]*%?", cell)


def test_pdf_has_every_number_of_every_table_as_often(formats: Formats) -> None:
    """A number that stands in 30 cells stands 30 times in the PDF, too: one of them wrong is one too few."""
    counted = Counter(
        number
        for part in formats.tables
        for row in formats.html_grid(part)
        for cell in row
        for number in numbers_of(cell)
    )
    printed_there = Counter(numbers_of(formats.pdf_words))
    missing = {number: times for number, times in counted.items() if printed_there[number] < times}
    assert len(counted) > 150
    assert sum(counted.values()) > 800
    assert missing == {}


def test_the_workbook_has_every_number_of_every_table(formats: Formats, language: Language) -> None:
    """Row by row, both ways: a number cell's number is printed, and a printed number is a cell's."""
    compared, absent = 0, []
    for part in formats.tables:
        assert isinstance(part.element, Table)
        sheet = formats.book[part.label]
        head = sheet.print_title_rows.strip("$").split(":")[0]
        rows = sheet.iter_rows(min_row=int(head) + 1)
        for cells, shown, row in zip(rows, formats.html_grid(part), part.element.rows, strict=False):
            numbers = [cell for cell in cells if isinstance(cell.value, int | float)]
            for cell in numbers:
                if cell.number_format not in ("General", "0.0E+00"):
                    text = printed(cell.value, cell.number_format, language)
                    assert any(text.rstrip("%") in other for other in shown), (part.label, text, shown)
                    compared += 1
            there = {cell_text(cell, language).rstrip("%") for cell in numbers}
            # Of a cell such as "4.034 of 8.570" the workbook keeps the first number.
            printed_cells = {cell.text.rstrip("%") for cell in row.cells if alone(cell)}
            absent += [(part.label, text) for text in printed_cells - there]
    assert absent == []
    assert compared > 400


def alone(cell: Cell) -> bool:
    """Whether a cell is one number with its value."""
    return isinstance(cell.value, int | float) and numbers_of(cell.text) == [cell.text]


def cell_text(cell: Any, language: Language) -> str:
    """Return what a cell shows."""
    if isinstance(cell.value, int | float) and cell.number_format != "General":
        return printed(cell.value, cell.number_format, language)
    return plain(str(cell.value))


def test_the_workbook_has_the_findings_at_full_precision(formats: Formats, anambas: Findings) -> None:
    assert anambas.stunting is not None
    (part,) = [part for part in formats.tables if getattr(part.element, "name", "") == "children_by_district"]
    sheet = formats.book[part.label]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
    for district in anambas.stunting.districts:
        children, found = district.children, rows[district.district_name]
        assert children.children_measured in found
        if not isinstance(children.prevalence, Undefined):
            assert pytest.approx(children.prevalence.estimate, rel=1e-14) in found[1:]


def test_the_letter_and_the_page_show_the_same_key_figures(formats: Formats) -> None:
    letter = [[cell.text for cell in row.cells] for row in formats.word.tables[0].rows[1:]]
    items = formats.page.findall(".//dl[@class='key-figures']/div")
    page = [[plain(i.findtext("dt") or ""), plain(i.findtext("dd/span[@class='value']") or "")] for i in items]
    assert [row[:2] for row in letter] == page[: len(letter)]
    assert len(letter) > 3
    assert all(squeezed(value) in formats.pdf for _, value, _ in letter)


def test_the_key_figures_are_those_of_the_findings(formats: Formats, anambas: Findings, language: Language) -> None:
    voice = Voice(language)
    assert anambas.stunting is not None
    shown = {row.cells[1].text for row in formats.word.tables[0].rows}
    assert voice.prevalence(anambas.stunting.latest.prevalence) in shown
    slope = None if anambas.association.adjusted is None else anambas.association.adjusted.slope
    assert (MISSING if slope is None else voice.difference(slope)) in shown


def test_every_paragraph_of_the_letter_is_in_the_report(formats: Formats) -> None:
    page = squeezed(formats.page.text_content())
    sentences = [p.text for p in formats.word.paragraphs if p.style.name in ("Kbkit Lead", "List Bullet", "Heading 1")]
    assert len(sentences) >= 5
    assert [text for text in sentences if squeezed(text) not in page] == []


def test_a_number_that_differs_is_caught(language: Language) -> None:
    assert printed(0.2163, "#,##0.0%", language) != printed(0.2173, "#,##0.0%", language)
    assert printed(-2.136, "+#,##0.0;-#,##0.0;#,##0.0", "id") == "−2,1"
    assert printed(1245, "#,##0", "id") == "1.245"
