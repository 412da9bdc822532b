"""A minimal workbook of Excel 97 ([MS-XLS], BIFF 8): one sheet of numbers and texts."""

from __future__ import annotations

import struct

from tests.damage.compound_file import compound_file
from tests.damage.grid import Grid, Value


def as_old_workbook(grid: Grid) -> bytes:
    """Return a binary ``.xls`` with the grid."""
    globals_ = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0x41, 6))
    name = grid.sheet.encode("latin-1")
    sheet_head = len(globals_) + 4 + 8 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBBBB", sheet_head, 0, 0, len(name), 0) + name)
    cells = b"".join(
        _cell(row, column, value)
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if value not in ("", None)
    )
    sheet = (
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0x41, 6)) + cells + _record(0x000A, b"")
    )
    return compound_file({"Workbook": globals_ + bound + _record(0x000A, b"") + sheet})


def _cell(row: int, column: int, value: Value) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", float(value or 0)))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
