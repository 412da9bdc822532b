"""Printed percentages against the counts beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kbkit.quality.issue import Issue, issues_at

ROUNDING: Final = 0.051
"""Percentage points by which a figure with one decimal may differ from the exact one, and a hair."""

_SHARES: Final[Mapping[str, tuple[str, str, str]]] = {
    "measured_percent": ("children_measured", "children_target", "% Diukur"),
    "stunted_percent": ("children_stunted", "children_measured", "% Stunting"),
}
"""Printed percentage -> (count, out of, heading)."""


def check_percentages(rows: pd.DataFrame) -> list[Issue]:
    """A printed percentage does not follow from its counts, nor from the printed ones.

    Args:
        rows: rows of e-PPGBM with ``measured_percent`` and ``stunted_percent`` as printed, missing where they are not.
    """
    if rows.empty:
        return []
    return [issue for name in _SHARES for issue in _check(rows, name)]


def _check(rows: pd.DataFrame, name: str) -> list[Issue]:
    count, whole, heading = _SHARES[name]
    exact = _percent(rows[count], rows[whole])
    printed = rows[name].astype("Float64")
    differs = (printed - exact).abs() > ROUNDING
    for other in _printed_variants(rows, name):
        # "Diukur" may hold the outliers, too; a percentage of it is no error.
        differs &= ((printed - other).abs() > ROUNDING).fillna(True)
    shown = rows.assign(_printed=printed.round(2), _exact=exact.round(2))
    return issues_at(
        shown,
        differs,
        code="quality.percentage_differs",
        severity="warning",
        found="_printed",
        allowed="_exact",
        column=heading,
    )


def _printed_variants(rows: pd.DataFrame, name: str) -> list[pd.Series]:
    if name == "measured_percent":
        return [_percent(rows["measured_printed"], rows["children_target"])]
    return [_percent(rows[count], rows["measured_printed"]) for count in ("children_stunted", "stunted_printed")]


def _percent(count: pd.Series, whole: pd.Series) -> pd.Series:
    return (100 * count / whole.where(whole > 0)).astype("Float64")
