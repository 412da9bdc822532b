"""From a file to its sheets. What a file is, is told by its first bytes, never by the ending of its name."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kbkit.errors import Fault
from kbkit.ingest.delimited import read_delimited
from kbkit.ingest.html_table import read_html_tables
from kbkit.ingest.sheet import Kind, RawSheet, Table, without_unseen
from kbkit.ingest.unreadable import UnreadableError
from kbkit.ingest.workbook import read_workbook

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCK_PREFIX: Final = "~$"
_LINE_ENDS: Final = (b"\n", b"\r")
_NOTHING: Final = b"\x00 \t\r\n\xef\xbb\xbf"

MAX_BYTES: Final = 200 * 1024 * 1024
"""Largest file that is opened. The national export of 16,792 rows has 1.5 MB; more than this is no export."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file's sheets that hold something, or the fault that says why there are none.

    ``sha256`` is empty where the file was not read.
    """

    sheets: tuple[RawSheet, ...] = ()
    faults: tuple[Fault, ...] = ()
    sha256: str = ""


def open_sheets(path: Path, *, label: str) -> Opened:
    """Open a file, whatever kind it is.

    Args:
        path: the file.
        label: the file's name in messages.
    """
    if path.name.startswith(_LOCK_PREFIX):
        return Opened(faults=(Fault(code="ingest.lock_file", severity="note", file=label),))
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe would keep its reader waiting for ever
            return Opened(faults=(Fault(code="ingest.no_file", severity="note", file=label),))
        if (size := state.st_size) > MAX_BYTES:
            return Opened(faults=(Fault(code="ingest.too_large", file=label, found=_mb(size), allowed=_mb(MAX_BYTES)),))
        content = path.read_bytes()
    except OSError as error:
        return Opened(faults=(Fault(code="ingest.cannot_open", file=label, found=error.strerror or str(error)),))
    digest = hashlib.sha256(content).hexdigest()
    if _is_geojson(content):
        return Opened(faults=(Fault(code="ingest.boundaries", severity="note", file=label),), sha256=digest)
    kind, opener = _opener(content)
    try:
        tables = opener(content) if content.strip(_NOTHING) else []
    except UnreadableError as error:
        return Opened(faults=(Fault(code=error.code, file=label, found=str(error)),), sha256=digest)
    sheets = [
        RawSheet(
            path=path,
            file=label,
            sheet=table.name,
            kind=kind,
            rows=without_unseen(table.rows),
            outside=table.outside,
            covered=table.covered,
            hidden=table.hidden,
            open_quote=table.open_quote,
            open_end=kind == "delimited" and content.rstrip(b"\x00 \t")[-1:] not in _LINE_ENDS,
            sha256=digest,
        )
        for table in tables
    ]
    simulated = any(sheet.bears_mark for sheet in sheets)
    filled = tuple(replace(sheet, simulated=simulated) for sheet in sheets if not sheet.is_empty)
    faults = () if filled else (Fault(code="ingest.empty_file", file=label),)
    return Opened(sheets=filled, faults=faults, sha256=digest)


def _mb(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _is_geojson(content: bytes) -> bool:
    head = content[:4096].lstrip(_NOTHING)
    return head.startswith(b"{") and b'"FeatureCollection"' in head


def _opener(content: bytes) -> tuple[Kind, Callable[[bytes], list[Table]]]:
    if content.startswith((_ZIP, _OLE)):
        return "workbook", read_workbook
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<") and (b"<table" in content.lower() or b"<html" in head):
        return "html", read_html_tables
    return "delimited", read_delimited
