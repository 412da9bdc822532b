"""A workbook to fill in: the sheet itself, how to fill it in, and the lists behind its drop-downs.

Every text is written as text and never as a formula, codes are text, amounts are numbers. The list of agencies and the
list of interventions are the office's: they stand in a sheet that can be changed, and the drop-downs follow.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import xlsxwriter

from kbkit.ingest.office_list import COMPANION_MARK, FIRST_YEAR, LAST_YEAR
from kbkit.template.columns import COLUMNS, Column, TemplateKind
from kbkit.template.guide import write_guide
from kbkit.text import Catalogue
from kbkit.text.catalogue import Language

HEADING_ROW: Final = 2
"""Index of the row of headings; a title and a hint stand above it."""
SPARE_ROWS: Final = 2000
"""Rows below the headings that have drop-downs."""
_SPARE_CHOICES: Final = 40
"""Blank rows below a list that the drop-down offers too, for what an office adds."""
_EPOCH: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""Written as the day the workbook was made: same arguments, same bytes."""
_FORMULA: Final = "=+-@'\t\r"
_WRITTEN_AS: Final = {
    "text": "@",
    "code": "@",
    "year": "0",
    "date": "yyyy-mm-dd",
    "count": "#,##0",
    "measure": "#,##0.##",
    "rupiah": "#,##0",
}

Row = Mapping[str, str | int | float | None]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A village that a workbook already names."""

    code: str
    regency: str
    district: str
    village: str


def write_template(
    kind: TemplateKind,
    *,
    language: Language,
    places: Sequence[Place] = (),
    rows: Sequence[Row] = (),
    sheet: str | None = None,
    agencies: Sequence[str] = (),
    stamp: str = "",
) -> bytes:
    """Return the workbook.

    Args:
        kind: what it is for.
        language: of instructions; the headings are Indonesian in any.
        places: villages whose names are filled in, a row each.
        rows: filled rows by canonical column name; with them, or with places, there is no example row.
        sheet: name of the sheet to fill in, else that of the catalogue.
        agencies: names of the regency's agencies for the drop-downs, else the default list.
        stamp: printed at the head of every page, and written above the form; empty for none.
    """
    catalogue = Catalogue(language)
    columns = tuple(_with_agencies(column, agencies) for column in COLUMNS[kind])
    filled = [*(_row_of(place) for place in places), *rows]
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": _EPOCH, "title": catalogue.say(f"template.title_{kind}")})
        formats = _formats(book)
        form = book.add_worksheet(sheet or catalogue.say("template.sheet_form"))
        write_guide(book.add_worksheet(catalogue.say("template.sheet_guide")), kind, formats, catalogue)
        lists = catalogue.say("template.sheet_lists")
        sources = _write_lists(book.add_worksheet(lists), lists, columns, formats, catalogue)
        _write_form(form, kind, filled, formats, catalogue)
        _offer(form, columns, sources, last=HEADING_ROW + max(SPARE_ROWS, len(filled)), catalogue=catalogue)
        if stamp:
            _stamp(book, form, stamp, formats, catalogue)
    return content.getvalue()


def _stamp(book: Any, form: Any, text: str, formats: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Say on every printed page, and above the form, what the workbook holds."""
    for sheet in book.worksheets():
        sheet.set_header(f"&C{text.replace('&', '&&')}")
    form.write_rich_string(1, 0, formats["stamp"], text, f"  {_hint(catalogue)}")


def _hint(catalogue: Catalogue) -> str:
    return catalogue.say("template.hint", sheet=catalogue.say("template.sheet_guide"))


def _with_agencies(column: Column, agencies: Sequence[str]) -> Column:
    asks = column.name in ("lead_agency", "supporting_agencies")
    return replace(column, choices=tuple(agencies)) if asks and agencies else column


def _row_of(place: Place) -> Row:
    return {
        "code_found": place.code,
        "regency_found": place.regency,
        "district_found": place.district,
        "village_found": place.village,
    }


def _formats(book: Any) -> dict[str, Any]:
    example = {"italic": True, "font_color": "#595959", "bg_color": "#EDEDED"}
    formats = {content: book.add_format({"num_format": code}) for content, code in _WRITTEN_AS.items()}
    formats |= {
        f"example_{content}": book.add_format({"num_format": code} | example) for content, code in _WRITTEN_AS.items()
    }
    heading = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#DCE6F1"}
    return formats | {
        "quoted": book.add_format({"num_format": "@", "quote_prefix": True}),
        "heading": book.add_format(heading),
        "required": book.add_format(heading | {"bg_color": "#B8CCE4"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "line": book.add_format({"text_wrap": True, "valign": "top"}),
        "stamp": book.add_format({"bold": True, "font_color": "#8C1D2F"}),
        "mark": book.add_format({"font_size": 8, "font_color": "#7F7F7F"}),
    }


def _write_form(
    sheet: Any, kind: TemplateKind, rows: Sequence[Row], formats: Mapping[str, Any], catalogue: Catalogue
) -> None:
    columns = COLUMNS[kind]
    sheet.write_string(0, 0, catalogue.say(f"template.title_{kind}"), formats["title"])
    sheet.write_string(1, 0, _hint(catalogue))
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, formats[column.content], {"hidden": column.hidden})
        sheet.write_string(HEADING_ROW, index, column.heading, formats["required" if column.required else "heading"])
    sheet.set_row(HEADING_ROW, 32)
    if not rows:
        _write_row(
            sheet, HEADING_ROW + 1, columns, {column.name: column.example for column in columns}, formats, "example_"
        )
    for number, row in enumerate(rows, start=HEADING_ROW + 1):
        _write_row(sheet, number, columns, row, formats, "")
    sheet.freeze_panes(HEADING_ROW + 1, _after_village(columns))
    sheet.autofilter(HEADING_ROW, 0, HEADING_ROW + max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)


def _after_village(columns: Sequence[Column]) -> int:
    return 1 + next(place for place, column in enumerate(columns) if column.name == "village_found")


def _write_row(
    sheet: Any, number: int, columns: Sequence[Column], row: Row, formats: Mapping[str, Any], style: str
) -> None:
    for index, column in enumerate(columns):
        value = row.get(column.name)
        if isinstance(value, str):
            plain = value[:1] not in _FORMULA
            sheet.write_string(number, index, value, formats[f"{style}{column.content}" if plain else "quoted"])
        elif value is not None:
            sheet.write_number(number, index, value, formats[f"{style}{column.content}"])
        elif style:
            sheet.write_blank(number, index, None, formats[f"{style}{column.content}"])


def _write_lists(
    sheet: Any, name: str, columns: Sequence[Column], formats: Mapping[str, Any], catalogue: Catalogue
) -> dict[str, str]:
    """Write the choices of every column that has some; return the range of each drop-down by column name."""
    sheet.write_string(0, 0, COMPANION_MARK, formats["mark"])
    sheet.write_string(1, 0, catalogue.say("template.lists_hint"), formats["title"])
    ranges: dict[str, str] = {}
    for place, column in enumerate(column for column in columns if column.choices):
        sheet.set_column(place, place, max(column.width, 20))
        sheet.write_string(HEADING_ROW, place, column.heading, formats["heading"])
        for row, choice in enumerate(column.choices, start=HEADING_ROW + 1):
            sheet.write_string(row, place, choice)
        last = HEADING_ROW + len(column.choices) + (_SPARE_CHOICES if column.open_list else 0)
        ranges[column.name] = f"='{name}'!{xlsxwriter.utility.xl_range_abs(HEADING_ROW + 1, place, last, place)}"
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    return ranges


def _offer(
    sheet: Any, columns: Sequence[Column], sources: Mapping[str, str], *, last: int, catalogue: Catalogue
) -> None:
    """Give every column its drop-down or its limits."""
    for index, column in enumerate(columns):
        rule = _rule(column, sources.get(column.name), catalogue)
        if rule is not None:
            sheet.data_validation(HEADING_ROW + 1, index, last, index, rule)


def _rule(column: Column, source: str | None, catalogue: Catalogue) -> dict[str, Any] | None:
    title = {"error_title": catalogue.say("template.wrong_title")}
    if source is not None:
        kind, message = ("information", "wrong_open") if column.open_list else ("stop", "wrong_choice")
        return title | {
            "validate": "list",
            "source": source,
            "error_type": kind,
            "error_message": catalogue.say(f"template.{message}"),
        }
    if column.content == "year":
        message = catalogue.say("template.wrong_year", first=str(FIRST_YEAR), last=str(LAST_YEAR))
        limits = {"criteria": "between", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
        return title | limits | {"validate": "integer", "error_message": message}
    if column.content == "date":
        first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
        limits = {"criteria": "between", "minimum": first, "maximum": last}
        return title | limits | {"validate": "date", "error_message": catalogue.say("template.wrong_date")}
    if column.content in ("count", "measure", "rupiah"):
        whole = column.content != "measure"
        limits = {"validate": "integer" if whole else "decimal", "criteria": ">=", "value": 0}
        return title | limits | {"error_message": catalogue.say("template.wrong_number")}
    return None
