"""Any result of a method as lines of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pandas as pd

from kbkit.results import Estimate, Undefined
from kbkit.results.sheets import LINE_COLUMNS, Line


def result_lines(result: object, name: str = "") -> Iterator[Line]:
    """Yield a line for every quantity of a result; arrays that carry one through to the next method are passed over.

    Args:
        result: what a method returned, or a part of it.
        name: place of the part in the result.
    """
    if isinstance(result, Undefined):
        yield Line(name=name, absent=result)
    elif isinstance(result, (int, float)) and not isinstance(result, bool):
        yield Line(name=name, numbers=_numbers({"estimate": float(result)}))
    elif isinstance(result, pd.DataFrame):
        yield from _table_lines(result)
    elif isinstance(result, Mapping):
        for key, value in result.items():
            yield from result_lines(value, _join(name, key))
    elif isinstance(result, (tuple, list)):
        for place, value in enumerate(result, start=1):
            yield from result_lines(value, _join(name, place))
    elif is_dataclass(result) and not isinstance(result, type):
        yield from _field_lines(result, name)


def _field_lines(result: object, name: str) -> Iterator[Line]:
    """Yield a line for the estimate that a result is, if it is one, and lines for what it has beside."""
    own = {column: getattr(result, column, None) for column in LINE_COLUMNS}
    single = isinstance(own["estimate"], float) or isinstance(own["statistic"], float)
    if single:
        yield Line(name=_join(name, getattr(result, "term", "")), numbers=_numbers(own))
    if not isinstance(result, Estimate) and isinstance(getattr(result, "table", None), pd.DataFrame):
        yield from _table_lines(result.table)  # type: ignore[attr-defined]
    for field in fields(result):  # type: ignore[arg-type]
        if field.repr and field.name not in {*LINE_COLUMNS[: 7 * single], "level", "table", "covariance_matrix"}:
            yield from result_lines(getattr(result, field.name), _join(name, field.name))


def _table_lines(table: pd.DataFrame) -> Iterator[Line]:
    numeric = table.select_dtypes("number")
    for label, row in numeric.iterrows():
        known = {str(column): float(value) for column, value in row.items() if pd.notna(value)}
        if {"estimate", "lower"} <= set(known):
            yield Line(name=str(label), numbers=_numbers(known))
        else:
            for column, value in known.items():
                yield Line(name=_join(column, label), numbers=_numbers({"estimate": value}))


def _numbers(values: Mapping[str, float | None]) -> tuple[float | None, ...]:
    return tuple(values.get(column) for column in LINE_COLUMNS)


def _join(first: object, second: object) -> str:
    return ", ".join(str(part) for part in (first, second) if str(part))
