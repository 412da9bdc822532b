"""Children of a group of villages in one period: coverage and prevalence."""

from __future__ import annotations

import pandas as pd

from kbkit.analysis.panel import measured
from kbkit.domain.stunting import MEASURED_MINIMUM
from kbkit.methods import clustered_prevalence
from kbkit.results import Estimate, Estimated, Undefined
from kbkit.results.stunting import ChildCoverage


def describe_children(rows: pd.DataFrame, *, cluster: str, level: float) -> ChildCoverage:
    """Describe the children of villages in one period.

    Prevalence rests on the villages that report both measured and stunted children; coverage on those that report both
    a target above zero and measured children.

    Args:
        rows: panel rows of one period, one a village.
        cluster: column of the independent unit, the district for a regency and the village for a district.
        level: coverage of the interval.
    """
    counted = rows[measured(rows)]
    prevalence, design_effect = _prevalence(counted, cluster, level)
    return ChildCoverage(
        villages=len(rows),
        villages_measured=len(counted),
        children_target=_sum(rows["children_target"]),
        children_measured=_sum(rows["children_measured"]),
        children_stunted=_sum(counted["children_stunted"]),
        children_severely_stunted=_sum(counted["children_severely_stunted"]),
        coverage=_coverage(rows),
        prevalence=prevalence,
        design_effect=design_effect,
    )


def _sum(counts: pd.Series[int]) -> int | None:
    """Sum what was reported; ``None``, not zero, where nothing was."""
    return int(counts.sum()) if counts.notna().any() else None


def _coverage(rows: pd.DataFrame) -> float | None:
    known = rows[(rows["children_target"].fillna(0) > 0) & rows["children_measured"].notna()]
    return float(known["children_measured"].sum() / known["children_target"].sum()) if len(known) else None


def _prevalence(counted: pd.DataFrame, cluster: str, level: float) -> tuple[Estimated, float | None]:
    n = int(counted["children_measured"].sum())
    if n < MEASURED_MINIMUM:
        return Undefined(reason="too_few_measured", details={"measured": n, "needed": MEASURED_MINIMUM}), None
    result = clustered_prevalence(
        cases=counted["children_stunted"].astype(float).to_numpy(),
        n=counted["children_measured"].astype(float).to_numpy(),
        cluster=counted[cluster].to_numpy(),
        level=level,
    )
    if isinstance(result, Undefined):
        return result, None
    return as_estimate(result), result.design_effect


def as_estimate(result: Estimate) -> Estimate:
    """Return the plain estimate of a method's wider result, as findings hold it."""
    return Estimate(**{name: getattr(result, name) for name in Estimate.__dataclass_fields__})
