"""Notebooks for the exporters, as small as what they test."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbconvert.exporters
import nbformat
import nbformat.v4
import pytest
from nbformat import NotebookNode
from pypdf import PdfReader
from traitlets.config import Config

from kbkit.document import (
    MIME_TYPE,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    dump_blocks,
    plain,
)
from kbkit.export import HtmlReportExporter, PdfReportExporter

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="30" height="10"/></svg>'

# nbformat and nbconvert annotate only part of what they offer.
V4: Any = nbformat.v4
GET_EXPORTER: Any = nbconvert.exporters.get_exporter
_HTML: Any = HtmlReportExporter
_PDF: Any = PdfReportExporter
_FORMAT: Any = nbformat


def document(**fields: Any) -> Document:
    """Return a document in Indonesian that leaves the words to the exporter."""
    given: dict[str, Any] = {"language": "id", "title": "Laporan Kabupaten Blora", "words": {}} | fields
    return Document(**given)


def table(*rows: Sequence[str], title: str = "Sebaran", **fields: Any) -> Table:
    """Return a table of two columns."""
    columns = (Column(title="Kecamatan", weight=2), Column(title="Jumlah", align="end"))
    cells = tuple(Row(cells=tuple(Cell(text=text) for text in row)) for row in rows)
    given: dict[str, Any] = {"columns": columns, "rows": cells} | fields
    return Table(name="sebaran", title=title, **given)


def figure(**fields: Any) -> Figure:
    """Return a figure with all that it needs."""
    given: dict[str, Any] = {"name": "batang", "title": "Batang", "svg": SVG, "alt": "Satu batang."} | fields
    return Figure(**given)


def heading(text: str, level: Any = 1, **fields: Any) -> Heading:
    """Return a heading."""
    return Heading(text=text, level=level, **fields)


def paragraph(text: str) -> Paragraph:
    """Return a plain paragraph."""
    return Paragraph(spans=plain(text))


def displayed(*blocks: Block, execution_count: int = 1) -> NotebookNode:
    """Return a code cell that displayed blocks."""
    data = {MIME_TYPE: dump_blocks(blocks), "text/plain": "fallback"}
    output = V4.new_output("execute_result", data, execution_count=execution_count)
    cell: NotebookNode = V4.new_code_cell("SECRET_CODE()", outputs=[output], execution_count=execution_count)
    return cell


def notebook(*cells: NotebookNode, **metadata: Any) -> NotebookNode:
    """Return a notebook of cells."""
    node: NotebookNode = V4.new_notebook(cells=list(cells), metadata=metadata)
    return node


def report(*blocks: Block, **fields: Any) -> NotebookNode:
    """Return a notebook of kbkit: a document and blocks."""
    return notebook(displayed(document(**fields)), displayed(*blocks))


def write(node: NotebookNode, path: Path) -> None:
    """Write a notebook."""
    _FORMAT.write(node, path)


def to_html(node: NotebookNode, *, config: Config | None = None) -> str:
    """Export as HTML."""
    page, _ = _HTML(config=config).from_notebook_node(node)
    return str(page)


def to_pdf_bytes(node: NotebookNode) -> bytes:
    """Export as PDF."""
    pdf, _ = _PDF().from_notebook_node(node)
    return bytes(pdf)


def to_pdf(node: NotebookNode) -> PdfReader:
    """Export as PDF and read it back."""
    return PdfReader(io.BytesIO(to_pdf_bytes(node)))


def text_of(pdf: PdfReader) -> str:
    """Return the text of all pages, lines joined by blanks."""
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


@pytest.fixture
def full_report() -> NotebookNode:
    """A report with one of everything that is numbered."""
    return report(
        heading("Ringkasan", numbering="none"),
        table(("Cepu", "1"), title="Ikhtisar"),
        heading("Pendahuluan"),
        heading("Dasar hukum", 2),
        heading("Klasifikasi"),
        heading("Sebaran", 2),
        table(("Cepu", "12"), ("Jepon", "7"), notes=("Belum lengkap.",), source="Portal"),
        figure(source="Portal"),
        heading("Rincian", 3),
        heading("Rubrik", numbering="annex"),
        heading("Skor", 2),
        table(("Cepu", "3")),
        running_head="Kabupaten Blora",
        stamp="DATA SIMULASI",
    )
