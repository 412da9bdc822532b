"""A plan file: what an office fixes before it sees its data, in TOML.

TOML types are strict (a text is not a number) and two equal keys are an error of the format itself. What a file may
change is listed in :data:`FIELDS`; the thresholds of when nothing is concluded can be raised, never lowered.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kbkit.analysis.plan import CONFOUNDERS, OUTCOME, AnalysisPlan
from kbkit.domain.circularity import barred_quantity
from kbkit.errors import Fault, InputError

FIELDS: Final = (
    "outcome",
    "confounders",
    "seed",
    "negative_control_outcome",
    "negative_control_exposure",
    "villages_per_tier_minimum",
    "districts_minimum",
    "df_minimum",
)
"""Keys of a plan file. The level of intervals is a parameter of the batch."""

_MINIMA: Final = ("villages_per_tier_minimum", "districts_minimum", "df_minimum")


def read_plan(path: str | Path, *, level: float | None = None) -> AnalysisPlan:
    """Read a plan file; the pre-specified plan where ``path`` is empty.

    A confounder or an outcome that shares components with the tier is read: the analysis refuses it and says so, since
    a reader of the report must see that it was asked for.

    Args:
        path: the TOML file, or empty.
        level: coverage of the intervals; that of the plan where not given.

    Raises:
        InputError: the file has faults; it carries all of them.
    """
    plan = AnalysisPlan() if level is None else AnalysisPlan(level=level)
    if not str(path):
        return plan
    values = _read_values(Path(path))
    faults = [fault for name, value in values.items() for fault in _find_faults(name, value, str(path))]
    if faults:
        raise InputError(faults)
    if "confounders" in values:
        values["confounders"] = tuple(values["confounders"])
    return replace(plan, **values)


def _read_values(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError:
        raise InputError([Fault(code="plan.no_such_file", file=str(path))]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError([Fault(code="plan.syntax", file=str(path), found=str(error))]) from None


def _find_faults(name: str, value: Any, file: str) -> Iterator[Fault]:
    if name not in FIELDS:
        nearest = next(iter(difflib.get_close_matches(name, FIELDS, n=1)), None)
        yield Fault(code="plan.unknown_key", file=file, column=name, allowed=", ".join(FIELDS), nearest=nearest)
    elif not _fits(name, value):
        yield Fault(code="plan.wrong_kind", file=file, column=name, found=str(value), allowed=_KINDS[name])
    elif name in _MINIMA and value < getattr(AnalysisPlan, name):
        allowed = f"≥ {getattr(AnalysisPlan, name):g}"
        yield Fault(code="plan.too_lax", file=file, column=name, found=str(value), allowed=allowed)
    elif name == "confounders":
        yield from _unknown(value, CONFOUNDERS, name, file)
    elif name == "outcome":
        yield from _unknown([value], (OUTCOME,), name, file)
    elif name.startswith("negative_control"):
        yield from _barred_control(name, value, file)


_KINDS: Final[Mapping[str, str]] = dict.fromkeys(FIELDS, '"…"') | {
    "confounders": '["…", "…"]',
    "seed": "0, 1, 2, …",
    "villages_per_tier_minimum": "8, 9, …",
    "districts_minimum": "8, 9, …",
    "df_minimum": "4.0, …",
    "negative_control_outcome": '"…/…"',
}


def _fits(name: str, value: Any) -> bool:
    if name == "confounders":
        return (
            isinstance(value, list) and all(isinstance(item, str) for item in value) and len(set(value)) == len(value)
        )
    if name in (*_MINIMA, "seed"):
        whole = isinstance(value, int) and not isinstance(value, bool)
        return (whole and value >= 0) or (name == "df_minimum" and isinstance(value, float))
    if name == "negative_control_outcome":
        return isinstance(value, str) and len([part for part in value.split("/") if part.strip()]) == 2
    return isinstance(value, str)


def _unknown(found: list[str], allowed: tuple[str, ...], name: str, file: str) -> Iterator[Fault]:
    for item in found:
        if item not in allowed and barred_quantity(item) is None:
            nearest = next(iter(difflib.get_close_matches(item, allowed, n=1)), None)
            yield Fault(
                code="plan.unknown_value",
                file=file,
                column=name,
                found=item,
                allowed=", ".join(allowed),
                nearest=nearest,
            )


def _barred_control(name: str, value: str, file: str) -> Iterator[Fault]:
    if barred_quantity(value) is not None:
        yield Fault(code="plan.barred_control", file=file, column=name, found=value)
