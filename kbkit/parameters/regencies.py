"""The list of regencies of a batch, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kbkit.domain.regions import REGENCY_PATTERN
from kbkit.errors import Fault
from kbkit.parameters.nearest import national_register, nearest_regency
from kbkit.parameters.source import Entry

_MOST_LISTED: Final = 40
"""Codes that a message lists; beyond that it says how many there are."""


def check_regencies(entry: Entry | None, known: Mapping[str, str] | None) -> list[Fault]:
    """Return what is wrong with the items of the list.

    Args:
        entry: the key ``regencies``; none where the file lacks it.
        known: code to name of the dataset's regencies; none where the dataset cannot be read, and then the national
            register answers for it.
    """
    if entry is None:
        return []
    register = national_register() if known is None else known
    faults: list[Fault] = []
    first_lines: dict[str, int | None] = {}
    for item in entry.items:
        if item.value in first_lines:
            faults.append(
                _fault("parameters.duplicate_regency", item, register, first_line=first_lines[item.value] or 0)
            )
        elif (code := _code_of_fault(item, register)) is not None:
            faults.append(_fault(code, item, register, read_as=item.value))
        else:
            first_lines[item.value] = item.line
    return faults


def _code_of_fault(item: Entry, register: Mapping[str, str]) -> str | None:
    if item.is_bare_number:
        return "parameters.unquoted_code"
    if not isinstance(item.value, str) or not re.fullmatch(REGENCY_PATTERN, item.value):
        return "parameters.not_a_regency_code"
    return None if item.value in register else "parameters.unknown_regency"


def _fault(code: str, item: Entry, register: Mapping[str, str], **details: object) -> Fault:
    return Fault(
        code=code,
        file=item.file,
        line=item.line,
        column=item.column,
        found=item.written,
        allowed=_allowed(code, item, register),
        nearest=None if code == "parameters.duplicate_regency" else nearest_regency(item.written, register),
        details=details,
    )


def _allowed(code: str, item: Entry, register: Mapping[str, str]) -> str:
    if code == "parameters.unquoted_code":
        return f'"{item.written}"'
    if code == "parameters.duplicate_regency":
        return item.written
    return "".join(_listed(_neighbours(item.written, sorted(register))))


def _neighbours(written: str, codes: list[str]) -> list[str]:
    """Return the codes of the province that was written, where there are too many to list and it has some."""
    province = [code for code in codes if code.startswith(written.strip("\"'")[:2])]
    return province if province and len(codes) > _MOST_LISTED else codes


def _listed(codes: list[str]) -> Iterator[str]:
    yield ", ".join(codes[:_MOST_LISTED])
    if len(codes) > _MOST_LISTED:
        yield f", … ({len(codes)})"
