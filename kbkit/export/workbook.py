"""The workbook of a report: its numbered tables, one a sheet, behind a cover, a list and notes.

It is an exporter and not a part of the saving of a report, because the exporters alone know the numbers of the tables:
"Tabel 3.1" is the same table in every format, and any executed notebook can be written so.
"""

from __future__ import annotations

import datetime as dt
import io
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from nbconvert.exporters import Exporter
from traitlets import default
from traitlets.config import Config

from kbkit.document import Table
from kbkit.export.numbering import Placed
from kbkit.export.preprocessor import REPORT_PREPROCESSORS, REPORT_SETTINGS
from kbkit.export.reading import Report
from kbkit.export.worksheet import Styles, write_lines, write_table

# A workbook says when it was made; the same report must have the same bytes.
_NO_DATE = dt.datetime(1970, 1, 1)
_NOTES = (
    "mark_suppressed",
    "mark_not_available",
    "mark_empty",
    "full_precision",
    "codes_are_text",
    "interval_columns",
)
_LOGO_SCALE = {"x_scale": 0.5, "y_scale": 0.5}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class WorkbookExporter(Exporter):
    """Notebook to an Excel workbook of its tables (``jupyter nbconvert --to kbkit-xlsx``)."""

    export_from_notebook = "kbkit (Excel)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        return list(REPORT_PREPROCESSORS)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".xlsx"

    @property
    def default_config(self) -> Config:
        """Defaults of nbconvert, with cells removable by tag."""
        return Config(REPORT_SETTINGS)

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Write a notebook's tables; return the bytes of the workbook and the resources.

        Raises:
            RenderError: the report cannot be read.
        """
        _, resources = super().from_notebook_node(nb, resources, **kw)
        return write_workbook(resources["report"]), resources


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """A numbered table and the name of its sheet, which is its number."""

    name: str
    part: Placed
    table: Table


def write_workbook(report: Report) -> bytes:
    """Return the workbook of a report: cover, contents, notes, then every numbered table on a sheet of its own."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        _describe(book, report)
        styles = Styles(book)
        sheets = _sheets(report)
        _write_cover(book, report, styles)
        _write_contents(book, report, sheets, styles)
        _write_notes(book, report, styles)
        for sheet in sheets:
            write_table(
                _added(book, sheet.name, report),
                sheet.table,
                caption=f"{sheet.part.label} {sheet.table.title}",
                report=report,
                styles=styles,
            )
    return buffer.getvalue()


def _sheets(report: Report) -> tuple[_Sheet, ...]:
    return tuple(
        _Sheet(name=part.label, part=part, table=part.element)
        for part in report.parts
        if isinstance(part.element, Table) and part.label
    )


def _describe(book: Any, report: Report) -> None:
    document = report.document
    day = document.date
    created = dt.datetime(day.year, day.month, day.day) if day else _NO_DATE
    book.set_properties(
        {
            "title": document.title,
            "subject": document.subtitle,
            "author": "; ".join(document.authors),
            "keywords": ", ".join(document.keywords),
            "comments": document.stamp,
            "created": created,
        }
    )


def _added(book: Any, name: str, report: Report) -> Any:
    """Return a new sheet set up for A4, its head saying whose data it shows and that they are simulated."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.7)
    head, stamp = (text.replace("&", "&&") for text in (report.document.running_head, report.document.stamp))
    sheet.set_header(f"&L{head}&R{stamp}")
    sheet.set_footer(f"&L&A&R{report.words['page']} &P {report.words['of']} &N")
    sheet.fit_to_pages(1, 0)
    return sheet


def _write_cover(book: Any, report: Report, styles: Styles) -> None:
    document, sheet = report.document, _added(book, report.words["cover"], report)
    row = 0
    if document.logo is not None and document.logo.media_type != "image/svg+xml":
        picture = io.BytesIO(b64decode(document.logo.data))
        sheet.insert_image(0, 0, "logo", {"image_data": picture, "description": document.logo.alt} | _LOGO_SCALE)
        row = 6
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 70)
    row = write_lines(sheet, row, (document.title,), styles.title)
    row = write_lines(sheet, row, (document.subtitle, *document.authors), styles.text)
    row = write_lines(sheet, row, (document.stamp,), styles.stamp) + 1
    for label, value in document.details:
        sheet.write_string(row, 0, label, styles.note)
        sheet.write_string(row, 1, value, styles.wrapped)
        row += 1


def _write_contents(book: Any, report: Report, sheets: tuple[_Sheet, ...], styles: Styles) -> None:
    sheet = _added(book, report.words["contents"], report)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    row = write_lines(sheet, 0, (report.words["contents"],), styles.title) + 1
    for entry in sheets:
        sheet.write_url(row, 0, f"internal:'{entry.name}'!A1", styles.link, entry.name)
        sheet.write_string(row, 1, entry.table.title, styles.wrapped)
        row += 1


def _write_notes(book: Any, report: Report, styles: Styles) -> None:
    sheet = _added(book, report.words["notes"], report)
    sheet.set_column(0, 0, 100)
    row = write_lines(sheet, 0, (report.words["notes"],), styles.title) + 1
    write_lines(sheet, row, tuple(report.words[name] for name in _NOTES), styles.wrapped)
