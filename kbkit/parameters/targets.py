"""The target that a regency sets itself (its RPJMD): a prevalence of stunting in per cent, and the year it is for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kbkit.domain.stunting import Target
from kbkit.errors import Fault, InputError
from kbkit.parameters.nearest import nearest_regency
from kbkit.parameters.source import Entry

KEYS: Final = ("target", "target_year")
YEARS: Final = (2020, 2045)
"""Years that a target may be for: the last is that of the national long-term plan."""

_PERCENT: Final = (1, 100)
"""A share such as 0.185 is refused: read as per cent it would be a target that nobody sets."""

StatedTarget = str | float | Mapping[str, str | float]
StatedYear = int | Mapping[str, int]
"""One value for all regencies of a batch, or one by code."""


def read_target(target: str, *, year: int) -> Target | None:
    """Return a regency's own target; ``None`` where neither value is given.

    Args:
        target: prevalence in per cent, with comma or point: ``"18,5"``; empty for none.
        year: the year it is for; 0 for none.

    Raises:
        InputError: a value cannot be used, or one stands without the other; it carries every fault.
    """
    if not target and not year:
        return None
    values = {"target": target, "target_year": year}
    faults = [
        fault
        for key in KEYS
        for fault in _value_faults(key, Entry(column=key, written=str(values[key]), value=values[key]))
    ]
    if faults:
        raise InputError(faults)
    share = _percent(target)
    assert share is not None
    return Target(year=year, prevalence=share / 100, source="")


def stated_values(entries: Mapping[str, Entry]) -> dict[str, Any]:
    """Return the values of both keys; codes as they are written, since YAML reads 14.10 without quotes as 14.1."""
    return {key: _by_code(entries[key]) or entries[key].value for key in KEYS if key in entries}


def check_targets(entries: Mapping[str, Entry], known: Mapping[str, str] | None) -> list[Fault]:
    """Return what is wrong with the targets of a batch.

    Args:
        entries: of the parameter file.
        known: code to name of the dataset's regencies; none where the dataset cannot be read.
    """
    faults = [fault for entry in _stated(entries) for fault in _entry_faults(entry, known)]
    return faults or [_alone(entry, other) for entry, other in _lacking(entries)]


def value_of(stated: StatedTarget | StatedYear | None, *, regency: str) -> str:
    """Return what is stated for a regency as text; empty for nothing."""
    value = stated.get(regency) if isinstance(stated, Mapping) else stated
    return "" if value is None else str(value)


def _stated(entries: Mapping[str, Entry]) -> Iterator[Entry]:
    yield from (entries[key] for key in KEYS if key in entries and entries[key].value is not None)


def _by_code(entry: Entry) -> dict[str, Any]:
    return {pair.column: pair.value for pair in entry.pairs}


def _entry_faults(entry: Entry, known: Mapping[str, str] | None) -> Iterator[Fault]:
    for pair in entry.pairs:
        if known is not None and pair.column not in known:
            yield _fault("parameters.unknown_regency", pair, pair.column, ", ".join(known), known)
        else:
            yield from _value_faults(entry.column, pair)
    if not entry.pairs:
        yield from _value_faults(entry.column, entry)


def _value_faults(key: str, entry: Entry) -> Iterator[Fault]:
    if key == "target" and _percent(entry.value) is None:
        yield _fault("targets.not_a_percentage", entry, entry.written, _span(_PERCENT))
    elif key == "target_year" and not _is_year(entry.value):
        yield _fault("targets.not_a_year", entry, entry.written, _span(YEARS))


def _percent(value: Any) -> float | None:
    """Return a number of per cent; none for what is not one within the limits."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.strip().removesuffix("%").replace(",", ".") if isinstance(value, str) else value)
    except ValueError:
        return None
    return number if math.isfinite(number) and _PERCENT[0] <= number <= _PERCENT[1] else None


def _is_year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and YEARS[0] <= value <= YEARS[1]


def _lacking(entries: Mapping[str, Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield every entry that states something for which the other key states nothing."""
    stated = {entry.column: entry for entry in _stated(entries)}
    for key, other in (KEYS, KEYS[::-1]):
        if key in stated and other not in stated:
            yield stated[key], other
        elif key in stated and stated[other].pairs:
            lacking = [pair for pair in stated[key].pairs if pair.column not in _by_code(stated[other])]
            yield from ((pair, other) for pair in lacking)


def _alone(entry: Entry, other: str) -> Fault:
    return _fault("targets.alone", entry, entry.written, other)


def _span(limits: tuple[int, int]) -> str:
    return f"{limits[0]}–{limits[1]}"


def _fault(code: str, entry: Entry, found: str, allowed: str, register: Mapping[str, str] | None = None) -> Fault:
    return Fault(
        code=code,
        file=entry.file,
        line=entry.line,
        column=entry.column,
        found=found,
        allowed=allowed,
        nearest=None if register is None else nearest_regency(found, register),
    )
