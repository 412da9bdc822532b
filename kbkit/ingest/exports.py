"""A folder of exports, as messy as it is, to canonical tables and everything that was wrong."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Generic, Literal, TypeVar

from kbkit.errors import Fault, InputError
from kbkit.ingest.extract import Extract, Layout
from kbkit.ingest.headings import Recognition
from kbkit.ingest.layouts import LAYOUTS
from kbkit.ingest.mapped_table import read_mapped
from kbkit.ingest.mapping import read_mapping
from kbkit.ingest.office_list import is_companion
from kbkit.ingest.opening import Opened, open_sheets
from kbkit.ingest.personal import personal_columns
from kbkit.ingest.reading import map_in_order
from kbkit.ingest.recognised import read_recognised
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.sources import SourceFile, list_sources

_UNRECOGNISED: Final = "ingest.unrecognised"
_NEAR: Final = 0.6
"""Share of a layout's columns from which on the missing ones are named; names of places alone are less."""
_NO_EXPORT: Final = (_UNRECOGNISED, "ingest.cannot_read", "ingest.empty_file", "ingest.too_large")

Fate = Literal["unrecognised", "refused"]
"""Why nothing was taken from a file: no layout fits, or it may not or cannot be read."""
OnFile = Callable[[int, int, str], None]
"""Told the number of files done, their total, and the label of the next one."""

_Taken = TypeVar("_Taken")


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A file of which nothing was taken."""

    label: str
    fate: Fate
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Exports:
    """Everything that was read."""

    extracts: tuple[Extract, ...]
    unread: tuple[Unread, ...]
    faults: tuple[Fault, ...]
    files: int


def read_exports(
    paths: Sequence[Path],
    *,
    dates: Mapping[str, dt.date] | None = None,
    on_file: OnFile = lambda done, total, label: None,
    workers: int = 1,
) -> Exports:
    """Read every export in files and folders. Never stops at a fault; gathers them all.

    Args:
        paths: files and folders.
        dates: day of the data by file name (or label), for exports that do not hold it.
        on_file: called before each file with the number of files done, their total, and the file's label.
        workers: most files read at the same time, see :func:`kbkit.ingest.reading.map_in_order`.
    """
    extracts, exports = take_exports(paths, take=_as_read, dates=dates, on_file=on_file, workers=workers)
    return replace(exports, extracts=extracts)


def take_exports(
    paths: Sequence[Path],
    *,
    take: Callable[[Extract], _Taken],
    dates: Mapping[str, dt.date] | None = None,
    on_file: OnFile = lambda done, total, label: None,
    workers: int = 1,
) -> tuple[tuple[_Taken, ...], Exports]:
    """Read like :func:`read_exports`, and keep of every sheet only what a function makes of it.

    The tables of a nation are too much for one process: whoever needs less of them says so before they are sent.

    Args:
        paths: as for :func:`read_exports`.
        take: called with each sheet's extract, in the process that read it; it must be known to other processes.
        dates: as for :func:`read_exports`.
        on_file: as for :func:`read_exports`.
        workers: as for :func:`read_exports`.

    Returns:
        What was taken, in the order of the files and their sheets, and everything else that was read.
    """
    sources, missing = list_sources(paths)
    dates = dict(dates or {})
    faults = [*missing, *_unused_dates(dates, sources)]
    taken: list[_Taken] = []
    unread: list[Unread] = []
    seen: dict[str, str] = {}
    tasks = [(source, dates.get(source.label, dates.get(source.path.name))) for source in sources]
    results = map_in_order(partial(_read_file, take=take), tasks, workers=workers)
    for done, source in enumerate(sources):
        on_file(done, len(sources), source.label)
        file = next(results)
        twin = seen.setdefault(file.sha256, source.label) if file.has_sheets else source.label
        if twin != source.label:
            faults.append(Fault(code="ingest.same_content", severity="warning", file=source.label, found=twin))
            continue
        taken += file.taken
        faults += file.faults if source.named else map(_softened, file.faults)
        if file.fate is not None and file.sha256:
            unread.append(Unread(label=source.label, fate=file.fate, sha256=file.sha256))
    return tuple(taken), Exports(extracts=(), unread=tuple(unread), faults=tuple(faults), files=len(sources))


def _as_read(extract: Extract) -> Extract:
    return extract


@dataclass(frozen=True, kw_only=True)
class _FileRead(Generic[_Taken]):
    """What one file gave, without its cells."""

    sha256: str
    has_sheets: bool
    taken: list[_Taken]
    faults: list[Fault]
    fate: Fate | None


def _read_file(task: tuple[SourceFile, dt.date | None], *, take: Callable[[Extract], _Taken]) -> _FileRead[_Taken]:
    """Read one file by itself."""
    source, date = task
    opened = open_sheets(source.path, label=source.label)
    extracts, faults, fate = _read_sheets(opened, date)
    return _FileRead(
        sha256=opened.sha256,
        has_sheets=bool(opened.sheets),
        taken=[take(extract) for extract in extracts],
        faults=faults,
        fate=fate,
    )


def _read_sheets(opened: Opened, date: dt.date | None) -> tuple[list[Extract], list[Fault], Fate | None]:
    """Read the sheets of one file: what was taken, what was wrong, and why nothing was taken if so."""
    if not opened.sheets:
        return [], list(opened.faults), "refused"
    if personal := sorted({heading for sheet in opened.sheets for heading in personal_columns(sheet)}):
        fault = Fault(code="ingest.personal_columns", file=opened.sheets[0].file, found=", ".join(personal))
        return [], [fault], "refused"
    if (mapped := _read_by_mapping(opened, date)) is not None:
        return mapped
    extracts: list[Extract] = []
    faults: list[Fault] = []
    refused = False
    # The guide and the lists of a template are no tables; a file of nothing else is unrecognised like any other.
    for sheet in [sheet for sheet in opened.sheets if not is_companion(sheet)] or opened.sheets:
        if sheet.hidden:
            faults.append(Fault(code="ingest.hidden_sheet", severity="note", file=sheet.file, sheet=sheet.sheet))
            continue
        layout, fit = recognise(sheet)
        if not fit.recognised:
            faults.append(_unrecognised(sheet, fit))
        elif fit.doubled:
            refused = True
            faults += [_doubled(sheet, heading) for heading in fit.doubled]
        elif sheet.open_quote is not None:
            refused = True
            faults.append(_open_quote(sheet))
        else:
            extracts.append(read_recognised(sheet, fit, date, read=layout.read))
    if extracts:  # a cover sheet beside a table is no loss
        faults = [replace(f, severity="note") if f.code.startswith(_UNRECOGNISED) else f for f in faults]
        return extracts, faults, None
    return [], faults, "refused" if refused else "unrecognised"


def _read_by_mapping(opened: Opened, date: dt.date | None) -> tuple[list[Extract], list[Fault], Fate | None] | None:
    """Read a file by the mapping beside it; ``None`` where there is none."""
    try:
        mapping = read_mapping(opened.sheets[0].path)
        if mapping is None:
            return None
        sheet = next((sheet for sheet in opened.sheets if sheet.sheet == mapping.sheet), None)
        if sheet is None:
            fault = Fault(code="ingest.mapping_sheet_missing", file=opened.sheets[0].file, found=mapping.sheet)
            return [], [fault], "refused"
        if sheet.open_quote is not None:
            return [], [_open_quote(sheet)], "refused"
        return [read_mapped(sheet, mapping, date)], [], None
    except InputError as error:
        return [], list(error.faults), "refused"


def recognise(sheet: RawSheet) -> tuple[Layout, Recognition]:
    """Return the layout that fits best, and how well: all required columns, then the most columns."""
    fits = [(layout, layout.recognise(sheet)) for layout in LAYOUTS]
    return max(fits, key=lambda pair: (pair[1].score, len(pair[1].columns)))


def _unrecognised(sheet: RawSheet, fit: Recognition) -> Fault:
    """Say which layout a sheet is nearest to and what it lacks, where it is near to one at all."""
    code = f"{_UNRECOGNISED}_{fit.layout}" if fit.score >= _NEAR else _UNRECOGNISED
    return Fault(code=code, file=sheet.file, sheet=sheet.sheet, details={"missing": ", ".join(fit.missing)})


def _doubled(sheet: RawSheet, heading: str) -> Fault:
    return Fault(code="ingest.doubled_heading", file=sheet.file, sheet=sheet.sheet, column=heading)


def _open_quote(sheet: RawSheet) -> Fault:
    return Fault(code="ingest.quote_open", file=sheet.file, line=sheet.open_quote, found=str(sheet.open_quote))


def _softened(fault: Fault) -> Fault:
    """Return the fault of a file met in a folder: a file that is no export may lie there, unlike one that is named."""
    return replace(fault, severity="note") if fault.code.startswith(_NO_EXPORT) else fault


def _unused_dates(dates: Mapping[str, dt.date], sources: Sequence[SourceFile]) -> list[Fault]:
    names = {source.label for source in sources} | {source.path.name for source in sources}
    return [
        Fault(
            code="ingest.date_unused",
            severity="warning",
            found=name,
            nearest=next(iter(difflib.get_close_matches(name, sorted(names), n=1)), None),
        )
        for name in sorted(dates)
        if name not in names
    ]
