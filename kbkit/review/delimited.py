"""Semicolon tables that Excel opens as they are, in an Indonesian office too, and that cannot run a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_MARK: Final = "\ufeff"
"""Byte-order mark: without it Excel takes UTF-8 for the code page of the system."""
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""First characters that make a spreadsheet run a cell, and the one that stops it (OWASP, CSV injection)."""


def write_delimited(headings: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """Return a table as UTF-8 with a mark; a text that begins like a formula gets an apostrophe in front."""
    content = io.BytesIO()
    text = io.TextIOWrapper(content, encoding="utf-8", newline="")
    text.write(_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    text.flush()
    return content.getvalue()


def read_delimited(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a table that :func:`write_delimited` wrote, by heading, without the apostrophes.

    Raises:
        ValueError: not UTF-8.
    """
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [{name: _freed(cell or "") for name, cell in row.items() if isinstance(name, str)} for row in rows]


def _guarded(cell: str | int | None) -> str:
    if isinstance(cell, str) and cell.startswith(_RISKY):
        return f"'{cell}"
    return "" if cell is None else str(cell)


def _freed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
