"""The zip behind a workbook, looked at before anything makes room for what it says it holds.

A workbook of a few kilobytes can swell to gigabytes, and one stray word in XFD1048576, the last cell of a sheet, makes
a reader ask for seventeen billion cells, which ends the program. Both are refused here, and so is a zip whose contents
are not what it says: longer, cut off, changed on the way.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from kbkit.ingest.unreadable import UnreadableError

MAX_UNPACKED: Final = 300 * 2**20
"""Largest size of all members of a workbook. The national export of 24,912 rows and 41 columns has 60 MB."""
MAX_CELLS: Final = 10_000_000
"""Largest rectangle of cells that one sheet may span: all 84,000 villages with a hundred columns fit."""

_HEAD: Final = 1024
_LETTERS: Final = 26
_ROW: Final = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_COLUMN: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]+)\d')
_FILLED: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="(([A-Z]+)(\d+))"(?:[^>]*[^/>])?>')
_END: Final = re.compile(rb"</(?:\w+:)?worksheet\s*>\s*$")


def check_archive(content: bytes) -> None:
    """Refuse a zip that cannot be unpacked safely, or a sheet of xlsx that cannot be read safely.

    Args:
        content: the bytes of a workbook that is a zip: xlsx, xlsb, ods.

    Raises:
        UnreadableError: the zip is damaged, swells beyond :data:`MAX_UNPACKED`, spans more than :data:`MAX_CELLS`, or
            its XML is cut off or defines entities, which no spreadsheet writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > MAX_UNPACKED:
                raise UnreadableError(f"{size / 2**20:.0f} MB", code="ingest.swollen")
            for name in archive.namelist():
                _check_member(name, archive.read(name))  # what does not fit its size and checksum is refused
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise UnreadableError(str(error) or type(error).__name__) from error


def _check_member(name: str, member: bytes) -> None:
    if b"<!DOCTYPE" in member[:_HEAD]:
        raise UnreadableError("<!DOCTYPE")
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        if not _END.search(member[-_HEAD:]):
            raise UnreadableError(f"{name}: <worksheet> … ?")
        _refuse_scattered(member)


def _refuse_scattered(xml: bytes) -> None:
    rows = max(map(int, _ROW.findall(xml)), default=0)
    columns = max(map(_column, set(_COLUMN.findall(xml))), default=0)
    if rows * columns <= MAX_CELLS:
        return
    filled = [(int(row), _column(letters), place) for place, letters, row in _FILLED.findall(xml)]  # not mere formats
    rows, columns = (max((place[axis] for place in filled), default=0) for axis in (0, 1))
    if rows * columns > MAX_CELLS:
        raise UnreadableError(max(filled)[2].decode(), code="ingest.scattered")


def _column(letters: bytes) -> int:
    """Return a column counted from 1: A is 1, AA is 27."""
    index = 0
    for letter in letters:
        index = index * _LETTERS + letter - ord("A") + 1
    return index
