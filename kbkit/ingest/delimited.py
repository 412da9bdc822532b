"""Delimited text: semicolon, comma, tab or bar."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from kbkit.ingest.encoding import decode
from kbkit.ingest.sheet import Rows, Table
from kbkit.ingest.unreadable import UnreadableError

_DELIMITERS: Final = (";", ",", "\t", "|")
_STATED: Final = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
"""First line that tells Excel the delimiter; it is no row of the table."""
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SAMPLE_LINES: Final = 50
_FIELD_LIMIT: Final = 1_000_000


def read_delimited(content: bytes) -> list[Table]:
    """Return the rows of a delimited file.

    Raises:
        UnreadableError: not text, or one field longer than any field of an export.
    """
    text = decode(content)
    csv.field_size_limit(_FIELD_LIMIT)
    lines = list(islice(_lines(text), _SAMPLE_LINES))
    try:
        stated = _STATED.fullmatch(lines[0]) if lines else None
        delimiter = stated[1] if stated else sniff_delimiter(lines)
        rows, open_quote = _rows(text, delimiter)
    except csv.Error as error:
        raise UnreadableError(str(error)) from error
    return [Table(None, ((), *rows[1:]) if stated else rows, open_quote=open_quote)]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends. ``str.splitlines`` would end one at a line separator inside a name."""
    return (line[0] for line in _LINE.finditer(text))


def _rows(text: str, delimiter: str) -> tuple[Rows, int | None]:
    """Return the rows, and the line of a quotation mark without its twin."""
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if reader.line_num > line and _swallowed(row, delimiter):
                return _loose_rows(text, delimiter), line
            rows.append(tuple(row))
            line = reader.line_num + 1
    except csv.Error:
        return _loose_rows(text, delimiter), line
    return tuple(rows), None


def _swallowed(row: Sequence[str], delimiter: str) -> bool:
    """Whether one field of a row over several lines holds other rows."""
    return any(2 * field.count(delimiter) >= len(row) for field in row)


def _loose_rows(text: str, delimiter: str) -> Rows:
    return tuple(map(tuple, csv.reader(_lines(text), delimiter=delimiter)))


def sniff_delimiter(lines: list[str]) -> str:
    """Return the delimiter that splits the most lines into the same number of fields, and into more than one.

    The first of semicolon, comma, tab and bar wins a tie: in ``1,5;2,5`` the comma is a decimal comma.
    """

    def agreement(delimiter: str) -> int:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        return max(map(widths.count, widths), default=0)

    return max(_DELIMITERS, key=agreement)
