"""Cells of an xlsx workbook that show an error (``#REF!``, ``#N/A``, ``#DIV/0!``) in place of a number, or nothing.

Calamine gives such a cell as an empty one, and an empty cell is "no value", which nobody is told of. Here the text of
the error is read from the sheet's XML (ECMA-376 part 1, 18.3.1.4: a cell of type ``e``), so that the reader of the
column can refuse it and name its place. A formula that a program wrote and no spreadsheet has computed yet has no
value either: its cell gets the formula itself, ``=A1+B1``. Binary workbooks (xls, xlsb) are not looked into.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from lxml import etree

ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
"""What a spreadsheet shows where a formula has no result."""

_MARK: Final = b't="e"'
_CELL: Final = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_UNCOMPUTED: Final = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)><(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""


def is_formula_error(text: str | None) -> bool:
    """Whether a text is what a spreadsheet shows where a formula has no result, or the formula itself."""
    return text is not None and (text.strip().upper() in ERRORS or text.startswith("="))


def formula_errors(content: bytes) -> dict[str, dict[Place, str]]:
    """Return the errors of every sheet of an xlsx workbook by place; empty for other workbooks.

    Args:
        content: the bytes of a workbook that could be opened.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: _errors(package.read(part)) for name, part in _sheet_parts(package).items()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, KeyError, etree.XMLSyntaxError):
        return {}  # no xlsx; calamine says what it is


def _sheet_parts(package: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the part of each worksheet by the sheet's name."""
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _parser())
    targets = {
        item.get("Id"): posixpath.normpath(posixpath.join("xl", item.get("Target", "")))
        if not item.get("Target", "").startswith("/")
        else item.get("Target", "").lstrip("/")
        for item in relations
    }
    book = etree.fromstring(package.read("xl/workbook.xml"), _parser())
    return {
        sheet.get("name", ""): target
        for sheet in book.iterfind(".//{*}sheets/{*}sheet")
        if (target := targets.get(sheet.get(_RELATION))) in package.NameToInfo
    }


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _errors(sheet: bytes) -> dict[Place, str]:
    found = {}
    for attributes, formula in _UNCOMPUTED.findall(sheet):
        if place := _PLACE.search(attributes):
            found[int(place[2]) - 1, _column(place[1])] = "=" + html.unescape(formula.decode("utf-8", "replace"))
    for attributes, inner in _CELL.findall(sheet) if _MARK in sheet else ():
        place, value = _PLACE.search(attributes), _VALUE.search(inner)
        if place and value:
            found[int(place[2]) - 1, _column(place[1])] = value[1].decode("utf-8", "replace")
    return found


def _column(letters: bytes) -> int:
    """Return the number of a column from 0: ``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number - 1
