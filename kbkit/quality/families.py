"""Checks of Verval KRS: two sums that hold in every sound export."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kbkit.quality.issue import Issue, issues_at

_WELFARE: Final = ["welfare_1", "welfare_2", "welfare_3", "welfare_4", "welfare_above_4"]


def check_families(rows: pd.DataFrame) -> list[Issue]:
    """At risk and not at risk make the target families; the five welfare groups make those at risk."""
    target = rows["families_at_risk"] + rows["families_not_at_risk"]
    at_risk = rows[_WELFARE].sum(axis=1, min_count=len(_WELFARE))
    checked = rows.assign(_target=target, _at_risk=at_risk)
    return [
        *issues_at(
            checked,
            checked["families_target"] != target,
            code="quality.families_target_differs",
            severity="warning",
            found="families_target",
            allowed="_target",
            column="JUMLAH KELUARGA SASARAN",
        ),
        *issues_at(
            checked,
            checked["families_at_risk"] != at_risk,
            code="quality.welfare_differs",
            severity="warning",
            found="families_at_risk",
            allowed="_at_risk",
            column="JUMLAH KRS",
        ),
    ]
