"""The sheet that says how a workbook is filled in, and what every column holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kbkit.ingest.office_list import COMPANION_MARK
from kbkit.template.columns import COLUMNS, Column, TemplateKind
from kbkit.text import Catalogue

_LINES: Final = ("what", "row", "village", "example", "choices", "own", "money", "persons", "return")
_HEADS: Final = ("head_column", "head_required", "head_content")
_WIDTHS: Final = (28, 10, 100)


def write_guide(sheet: Any, kind: TemplateKind, formats: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Write the guide of a kind of workbook into an empty sheet."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    # The reader leaves a sheet alone that begins with the mark.
    sheet.write_string(0, 0, COMPANION_MARK, formats["mark"])
    sheet.write_string(1, 0, catalogue.say(f"template.title_{kind}"), formats["title"])
    for number, name in enumerate(_LINES, start=1):
        key = f"template.line_{name}_{kind}" if name in ("what", "row") else f"template.line_{name}"
        text = catalogue.say(key, lists=catalogue.say("template.sheet_lists"))
        sheet.merge_range(number + 1, 0, number + 1, 2, f"{number}. {text}", formats["line"])
        sheet.set_row(number + 1, 31 if len(text) > 130 else 16)
    top = len(_LINES) + 3
    for index, name in enumerate(_HEADS):
        sheet.write_string(top, index, catalogue.say(f"template.{name}"), formats["heading"])
    for row, column in enumerate((column for column in COLUMNS[kind] if not column.hidden), start=top + 1):
        _describe(sheet, row, column, kind, formats, catalogue)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _describe(
    sheet: Any, row: int, column: Column, kind: TemplateKind, formats: Mapping[str, Any], catalogue: Catalogue
) -> None:
    own, shared = f"template.{kind}_{column.name}", f"template.any_{column.name}"
    text = catalogue.say(own if own in catalogue else shared)
    sheet.write_string(row, 0, column.heading, formats["line"])
    sheet.write_string(row, 1, catalogue.say("template.yes") if column.required else "", formats["line"])
    sheet.write_string(row, 2, text, formats["line"])
    sheet.set_row(row, 31 if len(text) > 105 else 16)
