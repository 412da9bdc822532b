"""The workbook of open cases: what to decide, beside what helps to decide it.

Three sheets: how to fill it in, the cases with a drop-down each, and (hidden) the villages that the drop-downs offer.
Every text of a source is written as text and never as a formula; only the column of decisions can be changed.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter

from kbkit.dataset import Metadata
from kbkit.matching import load_register
from kbkit.review.cases import OpenCase
from kbkit.review.choices import choice_of, choices_of
from kbkit.text import Catalogue, Style
from kbkit.text.catalogue import Language

COLUMNS: Final = (
    ("regency_code", 8),
    ("regency_name", 22),
    ("district_found", 18),
    ("village_found", 24),
    ("reason", 40),
    ("nearest", 52),
    ("decision", 48),
    ("scope", 18),
    ("children_measured", 9),
    ("rows", 7),
    ("layout", 24),
    ("file", 36),
    ("sheet", 12),
    ("row", 7),
)
"""Columns of the sheet of cases with their widths; the heading of each is ``review.column_<name>``."""
HEADING_ROW: Final = 2
"""Index of the row of headings; a title and the stamp stand above it."""
_DECISION: Final = next(index for index, (name, _) in enumerate(COLUMNS) if name == "decision")
_EPOCH: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""Written as the day the workbook was made: same dataset, same bytes."""
_INSTRUCTIONS: Final = ("what", "choose", "ignore", "leave", "no_regency", "scope", "return", "remember")


def write_review(cases: Sequence[OpenCase], *, metadata: Metadata, dataset: str, language: Language) -> bytes:
    """Return the workbook of the open cases of a dataset.

    Args:
        cases: as :func:`kbkit.review.cases.open_cases` returns them.
        metadata: of the dataset, for its stamp.
        dataset: folder of the dataset, as the instructions name it.
        language: of headings and instructions; a filled-in workbook is read in any.
    """
    content = io.BytesIO()
    catalogue = Catalogue(language)
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _EPOCH, "title": catalogue.say("review.title")})
        formats = _formats(book)
        stamp = "" if metadata.data_status == "actual" else catalogue.say(f"names.stamp_{metadata.data_status}")
        _write_instructions(book, formats, catalogue, count=len(cases), dataset=dataset, stamp=stamp)
        sheet = book.add_worksheet(catalogue.say("review.sheet_decisions"))
        ranges = _write_choices(book, cases, catalogue)
        _write_cases(sheet, cases, formats, catalogue, stamp)
        _offer_choices(sheet, cases, ranges, catalogue)
    return content.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    plain = {"valign": "top", "text_wrap": True, "num_format": "@"}
    return {
        "text": book.add_format(plain),
        # A text that begins like a formula stays a text also when the cell is edited.
        "quoted": book.add_format(plain | {"quote_prefix": True}),
        "number": book.add_format({"valign": "top", "num_format": "#,##0"}),
        "open": book.add_format(
            plain | {"locked": False, "bg_color": "#FFF8DC", "border": 1, "border_color": "#B8A369"}
        ),
        "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "stamp": book.add_format({"bold": True, "font_color": "#B00020"}),
        "line": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_instructions(
    book: Any, formats: dict[str, Any], catalogue: Catalogue, *, count: int, dataset: str, stamp: str
) -> None:
    sheet = book.add_worksheet(catalogue.say("review.sheet_instructions"))
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, catalogue.say("review.title"), formats["title"])
    sheet.write_string(1, 0, stamp, formats["stamp"])
    for row, name in enumerate(_INSTRUCTIONS, start=2):
        text = catalogue.say(
            f"review.instruction_{name}",
            cases=Style(catalogue.language).count(count),
            sheet=catalogue.say("review.sheet_decisions"),
            column=catalogue.say("review.column_decision"),
            ignore=catalogue.say("review.ignore"),
            dataset=dataset,
        )
        sheet.write_string(row, 0, f"{row - 1}. {text}", formats["line"])
    sheet.protect()


def _write_choices(book: Any, cases: Sequence[OpenCase], catalogue: Catalogue) -> dict[str | None, str]:
    """Write the villages of every regency into the hidden sheet; return the range of each regency's drop-down."""
    name = catalogue.say("review.sheet_choices")
    sheet = book.add_worksheet(name)
    sheet.hide()
    sheet.protect()
    register = load_register()
    ranges: dict[str | None, str] = {}
    for column, code in enumerate(sorted({case.regency_code or "" for case in cases})):
        villages = choices_of(register.regencies[code], catalogue=catalogue) if code else []
        choices = [catalogue.say("review.ignore"), *villages]
        for row, choice in enumerate(choices):
            sheet.write_string(row, column, choice)
        cells = xlsxwriter.utility.xl_range_abs(0, column, len(choices) - 1, column)
        ranges[code or None] = f"='{name}'!{cells}"
    return ranges


def _write_cases(
    sheet: Any, cases: Sequence[OpenCase], formats: dict[str, Any], catalogue: Catalogue, stamp: str
) -> None:
    sheet.write_string(0, 0, catalogue.say("review.title"), formats["title"])
    sheet.write_string(1, 0, stamp, formats["stamp"])
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADING_ROW, column, catalogue.say(f"review.column_{name}"), formats["heading"])
    for row, case in enumerate(cases, start=HEADING_ROW + 1):
        for column, value in enumerate(_cells(case, catalogue).values()):
            if isinstance(value, int):
                sheet.write_number(row, column, value, formats["number"])
            elif value:
                sheet.write_string(row, column, value, formats["quoted" if value[0] in "=+-@'" else "text"])
        sheet.write_blank(row, _DECISION, None, formats["open"])
    sheet.freeze_panes(HEADING_ROW + 1, 4)
    sheet.autofilter(HEADING_ROW, 0, HEADING_ROW + max(len(cases), 1), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _cells(case: OpenCase, catalogue: Catalogue) -> dict[str, str | int | None]:
    """Return the cells of a case, in the order of the columns."""
    regencies = load_register().regencies
    name = regencies[case.regency_code].name if case.regency_code else catalogue.say("review.regency_unknown")
    by_row = bool(case.case.row)
    several = len(case.files) > 1 and not by_row
    files = catalogue.say("review.files", first=case.files[0], others=str(len(case.files) - 1)) if several else None
    return {
        "regency_code": case.regency_code,
        "regency_name": name,
        "district_found": case.district_found,
        "village_found": case.village_found,
        "reason": catalogue.say(case.reason),
        "nearest": _nearest(case, catalogue),
        "decision": None,
        "scope": catalogue.say("review.scope_row" if by_row else "review.scope_name"),
        "children_measured": case.children_measured,
        "rows": case.rows,
        "layout": "; ".join(catalogue.say(f"ingest.layout_{layout}") for layout in case.layouts),
        "file": files or case.files[0],
        "sheet": case.sheet,
        "row": str(case.row),
    }


def _nearest(case: OpenCase, catalogue: Catalogue) -> str:
    register, style = load_register(), Style(catalogue.language)
    districts = {
        district.code: district.name
        for district in (register.regencies[case.regency_code].districts if case.regency_code else ())
    }
    lines = (
        f"{choice_of(village, districts[village.district_code], catalogue=catalogue)}: {style.count(round(near.score))}"
        for near in case.nearest
        for village in (register.villages[near.code],)
    )
    return "\n".join(lines)


def _offer_choices(sheet: Any, cases: Sequence[OpenCase], ranges: dict[str | None, str], catalogue: Catalogue) -> None:
    """Give every cell of the column of decisions its drop-down, one rule for each run of rows of a regency."""
    first = 0
    while first < len(cases):
        code = cases[first].regency_code
        last = first
        while last + 1 < len(cases) and cases[last + 1].regency_code == code:
            last += 1
        rows = (HEADING_ROW + 1 + first, _DECISION, HEADING_ROW + 1 + last, _DECISION)
        rule = {
            "validate": "list",
            "source": ranges[code],
            # Without a regency there is no list to choose from: a code may be typed.
            "error_type": "stop" if code else "information",
            "error_title": catalogue.say("review.wrong_choice_title"),
            "error_message": catalogue.say("review.wrong_choice"),
        }
        sheet.data_validation(*rows, rule)
        first = last + 1
