"""Checks of the registry's measurements. None of them changes a value; missing is never read as zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kbkit.domain.stunting import COVERAGE_IMPLAUSIBLE, COVERAGE_LOW
from kbkit.quality.issue import Issue, issues_at

ZERO_CASES_MEASURED: Final = 50
"""Measured children from which on not one stunted is remarkable: at a true 10 % it happens in one village of 200."""


def check_stunting(rows: pd.DataFrame) -> list[Issue]:
    """Run every check on rows of e-PPGBM that have their codes."""
    checks = (
        check_stunted_above_measured,
        check_coverage,
        check_targets,
        check_zero_cases,
        check_not_measured,
        check_printed_counts,
    )
    return [issue for check in checks for issue in check(rows)]


def check_stunted_above_measured(rows: pd.DataFrame) -> list[Issue]:
    """More stunted children than measured ones."""
    return issues_at(
        rows,
        rows["children_stunted"] > rows["children_measured"],
        code="quality.stunted_above_measured",
        severity="error",
        found="children_stunted",
        allowed="children_measured",
    )


def check_coverage(rows: pd.DataFrame) -> list[Issue]:
    """Few of the target children measured, or more than there can be."""
    target = rows["children_target"].where(rows["children_target"] > 0)
    coverage = (rows["children_measured"] / target).astype("Float64")
    return [
        *issues_at(
            rows,
            coverage < COVERAGE_LOW,
            code="quality.coverage_low",
            severity="warning",
            found="children_measured",
            allowed="children_target",
        ),
        *issues_at(
            rows,
            coverage > COVERAGE_IMPLAUSIBLE,
            code="quality.coverage_implausible",
            severity="warning",
            found="children_measured",
            allowed="children_target",
        ),
    ]


def check_targets(rows: pd.DataFrame) -> list[Issue]:
    """A target of zero: beside measured children it is wrong, without them it is no target and not zero cases."""
    zero = rows["children_target"] == 0
    measured = (rows["children_measured"] > 0).fillna(False)
    return [
        *issues_at(rows, zero & measured, code="quality.zero_target", severity="warning", found="children_measured"),
        *issues_at(
            rows, zero & ~measured, code="quality.zero_target_unmeasured", severity="note", found="children_measured"
        ),
    ]


def check_zero_cases(rows: pd.DataFrame) -> list[Issue]:
    """Not one stunted child among many measured."""
    return issues_at(
        rows,
        (rows["children_stunted"] == 0) & (rows["children_measured"] >= ZERO_CASES_MEASURED),
        code="quality.zero_cases",
        severity="note",
        found="children_measured",
    )


def check_not_measured(rows: pd.DataFrame) -> list[Issue]:
    """No class of height for age is given: the village was not measured, or not entered."""
    return issues_at(
        rows, rows["children_measured"].isna(), code="quality.not_measured", severity="note", found="children_target"
    )


def check_printed_counts(rows: pd.DataFrame) -> list[Issue]:
    """The printed "Diukur" or "Stunting" is not the sum of its classes.

    "Diukur" may hold the outliers, too: the sum with them is no difference.
    """
    with_outliers = rows["children_measured"] + rows["outlier"].fillna(0)
    measured = rows["measured_printed"]
    return [
        *issues_at(
            rows,
            (measured != rows["children_measured"]) & (measured != with_outliers),
            code="quality.measured_differs",
            severity="warning",
            found="measured_printed",
            allowed="children_measured",
            column="Diukur",
        ),
        *issues_at(
            rows,
            rows["stunted_printed"] != rows["children_stunted"],
            code="quality.stunted_differs",
            severity="warning",
            found="stunted_printed",
            allowed="children_stunted",
            column="Stunting",
        ),
    ]


def check_total(
    rows: pd.DataFrame, total: Mapping[str, int | None], *, regency_code: str, file: str, sheet: str | None
) -> list[Issue]:
    """The printed total is not the sum of the rows, or there is none to hold them against: rows may be missing.

    Args:
        rows: every row of the sheet, matched or not.
        total: values of the total row by column; empty without one.
        regency_code: regency of the sheet.
        file: the sheet's file.
        sheet: the sheet's name.
    """
    if not total:
        return [
            Issue(
                code="quality.no_total",
                severity="note",
                regency_code=regency_code,
                source_file=file,
                source_sheet=sheet,
                found=str(len(rows)),
            )
        ]
    return [
        Issue(
            code="quality.total_differs",
            severity="warning",
            regency_code=regency_code,
            source_file=file,
            source_sheet=sheet,
            source_column=name,
            found=str(printed),
            allowed=str(int(rows[name].sum())),
        )
        for name, printed in total.items()
        if printed is not None and printed != int(rows[name].sum())
    ]
