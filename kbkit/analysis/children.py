"""Children of a group of villages in one period: coverage and prevalence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import numpy as np

from kbkit.analysis.rows import FloatArray, IntArray, Rows
from kbkit.domain.stunting import MEASURED_MINIMUM
from kbkit.methods import clustered_prevalence
from kbkit.results import Estimate, Estimated, Undefined
from kbkit.results.stunting import ChildCoverage


def describe_children(
    rows: Rows,
    *,
    cluster: Literal["district", "village"],
    level: float,
    ranges: Mapping[int, tuple[int, int]] = MappingProxyType({}),
) -> ChildCoverage:
    """Describe the children of villages in one period.

    Prevalence rests on the villages that report both measured and stunted children; coverage on those that report both
    a target above zero and measured children.

    Args:
        rows: rows of one period, one a village.
        cluster: the independent unit, the district for a regency and the village for a district.
        level: coverage of the interval.
        ranges: of the hidden numbers of stunted children, by the code of the village; the interval is drawn from them.
    """
    counted = rows.take(rows.has_prevalence)
    codes = counted.district if cluster == "district" else counted.village
    prevalence, design_effect = _prevalence(counted, codes, level, ranges)
    return ChildCoverage(
        villages=len(rows),
        villages_measured=len(counted),
        children_target=_sum(rows.target),
        children_measured=_sum(rows.measured),
        children_stunted=_sum(counted.stunted),
        children_severely_stunted=_sum(counted.severely_stunted),
        coverage=_coverage(rows),
        prevalence=prevalence,
        design_effect=design_effect,
    )


def _sum(counts: FloatArray) -> int | None:
    """Sum what was reported; ``None``, not zero, where nothing was."""
    known = counts[~np.isnan(counts)]
    return int(known.sum()) if known.size else None


def _coverage(rows: Rows) -> float | None:
    known = (rows.target > 0) & ~np.isnan(rows.measured)
    return float(rows.measured[known].sum() / rows.target[known].sum()) if known.any() else None


def _told(counted: Rows, ranges: Mapping[int, tuple[int, int]]) -> tuple[FloatArray, FloatArray]:
    """Return the fewest and the most stunted children that each village may be told to have."""
    least, most = counted.stunted.copy(), counted.stunted.copy()
    for place, village in enumerate(counted.village):
        if int(village) in ranges:
            least[place], most[place] = ranges[int(village)]
    return least, most


def _prevalence(
    counted: Rows, cluster: IntArray, level: float, ranges: Mapping[int, tuple[int, int]]
) -> tuple[Estimated, float | None]:
    n = int(counted.measured.sum())
    if n < MEASURED_MINIMUM:
        return Undefined(reason="too_few_measured", details={"measured": n, "needed": MEASURED_MINIMUM}), None
    least, most = _told(counted, ranges)
    result = clustered_prevalence(
        cases=counted.stunted, n=counted.measured, cluster=cluster, level=level, least=least, most=most
    )
    if isinstance(result, Undefined):
        return result, None
    return as_estimate(result), result.design_effect


def as_estimate(result: Estimate) -> Estimate:
    """Return the plain estimate of a method's wider result, as findings hold it."""
    return Estimate(**{name: getattr(result, name) for name in Estimate.__dataclass_fields__})
