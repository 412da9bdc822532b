"""What the model says of a value, as faults that name the line and what is allowed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from annotated_types import Ge, Le
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kbkit.errors import Fault
from kbkit.parameters.batch import ALL_REGENCIES, BatchParameters, Format
from kbkit.parameters.nearest import nearest_name
from kbkit.parameters.report import ReportLanguage
from kbkit.parameters.source import Entry
from kbkit.parameters.targets import KEYS

_CODES: Final[Mapping[str, str]] = {
    "missing": "parameters.missing_key",
    "extra_forbidden": "parameters.unknown_key",
    "string_type": "parameters.not_text",
    "path_type": "parameters.not_text",
    "string_pattern_mismatch": "parameters.not_a_name",
    "int_type": "parameters.not_whole",
    "int_from_float": "parameters.not_whole",
    "float_type": "parameters.not_a_number",
    "tuple_type": "parameters.not_a_list",
    "too_short": "parameters.empty_list",
    "literal_error": "parameters.not_allowed",
    "greater_than_equal": "parameters.out_of_range",
    "less_than_equal": "parameters.out_of_range",
    "finite_number": "parameters.out_of_range",
}
"""Kind of error in the model -> sentence."""

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": get_args(ReportLanguage),
    "formats": get_args(Format),
    "regencies": (*ALL_REGENCIES, '["33.16", "14.10"]'),
}


def value_faults(error: ValidationError, *, file: str, entries: Mapping[str, Entry]) -> Iterator[Fault]:
    """Yield a fault for every error of the model but those of single regencies and targets, which have own checks."""
    for details in error.errors(include_url=False, include_context=False):
        key, *inner = details["loc"]
        entry = entries.get(str(key))
        if (key == "regencies" and inner) or key in KEYS:
            continue
        if details["type"] == "too_short" and entry is not None and entry.items:
            # pydantic counts the items that are right: a list of wrong ones is not empty, and each is a fault already.
            continue
        yield _fault(details, str(key), inner, file=file, entry=entry, present=entries)


def _fault(
    details: ErrorDetails, key: str, inner: list[Any], *, file: str, entry: Entry | None, present: Mapping[str, Entry]
) -> Fault:
    place = entry.items[inner[0]] if entry is not None and inner and entry.items else entry
    code = _CODES.get(details["type"], "parameters.not_allowed")
    allowed = _allowed(key)
    if code == "parameters.unknown_key":
        unused = [name for name in BatchParameters.model_fields if name not in present]
        nearest = nearest_name(key, unused) or nearest_name(key, BatchParameters.model_fields)
        allowed = ", ".join(BatchParameters.model_fields)
    else:
        nearest = nearest_name(str(place.value), _CHOICES.get(key, ())) if place is not None else None
    return Fault(
        code=code,
        file=file if place is None else place.file,
        line=None if place is None else place.line,
        column=key if place is None else place.column,
        found=None if place is None else key if code == "parameters.unknown_key" else place.written,
        allowed=allowed,
        nearest=nearest,
    )


def _allowed(key: str) -> str | None:
    """Return what may stand after a key, in signs that need no translation."""
    if key in _CHOICES:
        return ", ".join(_CHOICES[key])
    limits = BatchParameters.model_fields[key].metadata if key in BatchParameters.model_fields else []
    lowest = next((limit.ge for limit in limits if isinstance(limit, Ge)), None)
    highest = next((limit.le for limit in limits if isinstance(limit, Le)), None)
    if lowest is None:
        return None
    return f"≥ {lowest}" if highest is None else f"{lowest} – {highest}"
