"""Delimited text: semicolon, comma or tab."""

from __future__ import annotations

import csv
from typing import Final

from kbkit.ingest.encoding import decode
from kbkit.ingest.sheet import Table
from kbkit.ingest.unreadable import UnreadableError

_DELIMITERS: Final = (";", ",", "\t")
_SAMPLE_LINES: Final = 50
_FIELD_LIMIT: Final = 1_000_000


def read_delimited(content: bytes) -> list[Table]:
    """Return the rows of a delimited file.

    Raises:
        UnreadableError: not text, or one field longer than any field of an export.
    """
    lines = decode(content).splitlines(keepends=True)
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        delimiter = sniff_delimiter(lines[:_SAMPLE_LINES])
        rows = tuple(tuple(row) for row in csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError(str(error)) from error
    return [(None, rows, ())]


def sniff_delimiter(lines: list[str]) -> str:
    """Return the delimiter that splits the most lines into the same number of fields, and into more than one.

    The first of semicolon, comma and tab wins a tie: in ``1,5;2,5`` the comma is a decimal comma.
    """

    def agreement(delimiter: str) -> int:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        return max(map(widths.count, widths), default=0)

    return max(_DELIMITERS, key=agreement)
