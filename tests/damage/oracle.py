"""What a reading is, and whether that of a damaged file may stand beside that of the undamaged one."""

from __future__ import annotations

import math
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kbkit.errors import Fault
from kbkit.ingest import Exports, read_exports
from kbkit.ingest.extract import PLACE, ROW
from kbkit.ingest.mapped_table import MAPPED
from kbkit.text.catalogue import LANGUAGES
from kbkit.text.faults import describe_fault
from tests.damage.damage import CUT_SHORT, Damage, Outcome
from tests.damage.grid import Value

Record = Mapping[str, Any]

_NAMES = frozenset(PLACE)
"""A name that is missing is for matching to tell: it lists the row with the reason."""

_HANG_SECONDS = 10.0
"""A small file is read in hundredths of a second."""


class Hang(BaseException):
    """A reading that does not end. No reader may catch it."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came of a folder of files."""

    rows: tuple[tuple[str, Record], ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a reading ended, and what was wrong with it."""

    outcome: Outcome
    complaints: tuple[str, ...] = ()


def read_folder(folder: Path) -> Reading:
    """Read every file of a folder, in bounded time."""
    with _alarm():
        return reading_of(read_exports([folder]))


def reading_of(exports: Exports) -> Reading:
    """Return the rows and messages of exports; the total that a sheet prints counts as one further row."""
    rows: list[tuple[str, Record]] = [
        (extract.layout, {str(name): _plain(value) for name, value in record.items()})
        for extract in exports.extracts
        for record in extract.table.to_dict("records")
    ]
    of_extracts = [fault for extract in exports.extracts for fault in extract.faults]
    return Reading(rows=tuple(rows), faults=(*exports.faults, *of_extracts))


def judge(damage: Damage, *, sound: Reading, damaged: Reading) -> Verdict:
    """Return how the reading of a damaged file ended beside that of the sound one."""
    complaints = [*_unworded(damaged.faults)]
    outcome, wrong = _compare(damage.typed, sound=sound, damaged=damaged)
    complaints += wrong
    if outcome not in damage.allowed and not (outcome is Outcome.REFUSED and _is_mapped(sound)):
        complaints.append(f"ended as {outcome!r}, allowed: {', '.join(sorted(damage.allowed))}")
    codes = {fault.code for fault in damaged.faults}
    if damage.messages and outcome is not Outcome.SAME and not any(code in codes for code in damage.messages):
        complaints.append(f"not told as {sorted(damage.messages)} but as {sorted(codes)}")
    return Verdict(outcome=outcome, complaints=tuple(complaints))


def _is_mapped(sound: Reading) -> bool:
    """Whether a file is read by a mapping of its columns, which names the sheet and the row of its headings."""
    return {layout for layout, _ in sound.rows} == {MAPPED}


def _compare(typed: frozenset[Value], *, sound: Reading, damaged: Reading) -> tuple[Outcome, list[str]]:
    if not damaged.rows:
        told = bool(damaged.faults)
        return (Outcome.REFUSED, []) if told else (Outcome.DIFFERENT, ["nothing was read and nothing was said"])
    left = list(sound.rows)
    used: list[tuple[str, Record]] = []
    wrong: list[str] = []
    lost_cells = repeated = as_typed = False
    new = _new_faults(sound, damaged)
    for layout, row in sorted(damaged.rows, key=lambda item: -_filled(item[1])):
        match = _find(left, layout, row, typed)
        if match is not None:
            left.remove(match)
            used.append(match)
        elif (match := _find(used, layout, row, typed)) is not None:
            repeated = True
        else:
            wrong.append(f"a row that is not in the sound file: {layout} {_shown(row)}")
            continue
        lost, changed = _differences(match[1], row, typed) or ([], False)
        as_typed |= changed
        lost_cells |= bool(lost)
        if set(lost) - _NAMES and not _told(new, row[ROW]):
            wrong.append(f"cells lost without a word: {lost} of row {row[ROW]}")
    if left and not _told_rows(new, len(left)):
        wrong.append(f"{len(left)} rows lost without a word: {_shown(left[0][1])}")
    if wrong:
        return Outcome.DIFFERENT, wrong
    if left or lost_cells:
        return Outcome.LESS, []
    return (Outcome.REPEATED if repeated else Outcome.AS_TYPED if as_typed else Outcome.SAME), []


def _find(
    candidates: Sequence[tuple[str, Record]], layout: str, row: Record, typed: frozenset[Value]
) -> tuple[str, Record] | None:
    """Return the sound row that a row can be, cells lost and typed ones aside; the fullest agreement first."""
    found = [
        (len(differences[0]), index)
        for index, candidate in enumerate(candidates)
        if candidate[0] == layout and (differences := _differences(candidate[1], row, typed)) is not None
    ]
    return candidates[min(found)[1]] if found else None


def _differences(sound: Record, row: Record, typed: frozenset[Value]) -> tuple[list[str], bool] | None:
    """Return the cells that a row lacks and whether it holds a typed one; nothing where it is another row."""
    lost: list[str] = []
    changed = False
    for name in (sound.keys() | row.keys()) - {ROW}:
        before, after = sound.get(name), row.get(name)
        if _equal(before, after):
            continue
        if after is None:
            lost.append(name)
        elif any(_equal(value, after) for value in typed) or (CUT_SHORT in typed and _is_cut_short(before, after)):
            changed = True
        else:
            return None
    return sorted(lost), changed


def _is_cut_short(before: Any, after: Any) -> bool:
    """Whether a value is another one without its last sign."""
    written = [f"{value:g}" if isinstance(value, (int, float)) else str(value) for value in (before, after)]
    return before is not None and written[0][:-1] == written[1]


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return bool(one == other)


def _new_faults(sound: Reading, damaged: Reading) -> list[Fault]:
    """Return the faults that the sound file does not have."""
    known = {fault.code for fault in sound.faults}
    return [fault for fault in damaged.faults if fault.code not in known]


def _told(faults: Iterable[Fault], row: int) -> bool:
    """Whether a fault speaks of a row, or of its file, sheet or column as a whole."""
    return any(fault.row is None or fault.row == row for fault in faults)


def _told_rows(faults: Sequence[Fault], number: int) -> bool:
    """Whether rows that are gone are told: as many rows are named, or the whole file is, or that its end is missing."""
    rows = {fault.row for fault in faults}
    return None in rows or len(rows) >= number or any(fault.code == "ingest.last_line_open" for fault in faults)


def _unworded(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield the faults that name no file, or that a language has no words for."""
    for fault in faults:
        if fault.file is None:
            yield f"{fault.code} names no file"
        for language in LANGUAGES:
            try:
                text = describe_fault(fault, language=language)
            except (KeyError, ValueError, IndexError) as error:
                yield f"{fault.code} has no words in {language}: {error!r}"
            else:
                if any(not sign.isprintable() for sign in text):
                    yield f"{fault.code} shows signs that do not print: {text!r}"


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def _filled(row: Record) -> int:
    return sum(value is not None for value in row.values())


def _shown(row: Record) -> str:
    return str({name: value for name, value in row.items() if value is not None})[:300]


@contextmanager
def _alarm() -> Iterator[None]:
    """Raise where a reading takes longer than any may; only where the system has alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise Hang(f"still reading after {_HANG_SECONDS} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, _HANG_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
