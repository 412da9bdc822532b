"""The structure of a whole report as PDF: what a screen reader, an archive and a printer need."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kbkit import Findings
from kbkit.document import Figure, Heading
from kbkit.errors import RenderError
from kbkit.export.reading import read_report
from tests.export.conftest import to_pdf_bytes
from tests.export.reports import notebook_of
from tests.export.test_pdf import roles, root_of, structure

pytestmark = pytest.mark.slow

PDFTOTEXT = shutil.which("pdftotext")
MOST_BYTES = 1_500_000
EDGE = 28.0
"""Least distance of text from the edge of the paper in points: what a printer may not reach, and more."""


@pytest.fixture(scope="module")
def node(demo_findings: dict[str, Findings]) -> Any:
    return notebook_of(demo_findings["33.16"], language="id")


@pytest.fixture(scope="module")
def data(node: Any) -> bytes:
    return to_pdf_bytes(node)


@pytest.fixture(scope="module")
def pdf(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def test_it_says_what_it_is(pdf: PdfReader, data: bytes) -> None:
    root = root_of(pdf)
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert len(data) < MOST_BYTES


def test_every_figure_is_described_and_every_table_has_headings(pdf: PdfReader, node: Any) -> None:
    elements = [part.element for part in read_report(node, name="report").parts]
    pictures = [element for element in structure(pdf) if element["/S"] == "/Figure"]
    described = [str(element.get("/Alt", "")) for element in pictures]
    assert [alt for alt in described if not alt.strip()] == []
    assert sum(isinstance(element, Figure) for element in elements) == len(described)
    found = roles(pdf)
    assert found.count("TH") > found.count("Table") > 10
    assert found.count("Caption") >= found.count("Table") - 1


def test_every_chapter_and_section_is_a_bookmark(pdf: PdfReader, node: Any) -> None:
    headings = [part.element for part in read_report(node, name="report").parts if isinstance(part.element, Heading)]

    def walk(entries: Any) -> Any:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry)
            else:
                yield " ".join(str(entry.title).split())

    marks = " | ".join(walk(pdf.outline))
    assert [heading.text for heading in headings if heading.text not in marks] == []


def test_every_font_is_embedded(pdf: PdfReader) -> None:
    fonts: dict[str, Any] = {}
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        fonts |= {str(font.get_object()["/BaseFont"]): font.get_object() for font in resources["/Font"].values()}
    assert fonts
    for font in fonts.values():
        (descendant,) = font["/DescendantFonts"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descendant.get_object()["/FontDescriptor"])


def test_lists_of_tables_and_figures(pdf: PdfReader) -> None:
    front = " ".join(page.extract_text() for page in pdf.pages[:6])
    assert "Daftar Tabel" in front
    assert "Daftar Gambar" in front
    assert len(re.findall(r"Tabel \w+\.\d+", front)) > 10


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed; it measures words on a page")
def test_no_word_lies_outside_the_printable_page(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(data)
    command = [str(PDFTOTEXT), "-bbox", "report.pdf", "boxes.html"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert words_outside((tmp_path / "boxes.html").read_text(encoding="utf-8")) == []


def words_outside(boxes: str) -> list[str]:
    """Return the words of pdftotext's list that lie nearer to an edge than :data:`EDGE`."""
    outside = []
    for page in boxes.split("<page ")[1:]:
        width, height = (float(value) for value in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        for x0, y0, x1, y1, word in re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page
        ):
            inside = float(x0) >= EDGE and float(y0) >= EDGE and float(x1) <= width - EDGE
            if not (inside and float(y1) <= height - EDGE):
                outside.append(word)
    return outside


def test_a_word_outside_is_caught() -> None:
    box = '<page width="595" height="842"><word xMin="{}" yMin="60" xMax="{}" yMax="70">x</word>'
    assert words_outside(box.format(60, 120)) == []
    assert words_outside(box.format(560, 600)) == ["x"]


def test_a_figure_that_lost_its_description_fails_the_build(node: Any) -> None:
    import copy

    broken = copy.deepcopy(node)
    blocks = [b for cell in broken.cells for o in cell.outputs for b in o["data"]["application/vnd.kbkit.blocks+json"]]
    first = next(block for block in blocks if block["kind"] == "figure")
    first["alt"] = "  "
    with pytest.raises(RenderError, match=first["name"]):
        to_pdf_bytes(broken)
