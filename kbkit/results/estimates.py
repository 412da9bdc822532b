"""Frozen values that a statistical method returns.

Proportions and differences of proportions are on the scale 0-1; percent exists only in :mod:`kbkit.text`. What cannot
be estimated is :class:`Undefined` with a reason, never ``nan``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Undefined:
    """A quantity that cannot be estimated, and why.

    Attributes:
        reason: key of the sentence that says why (catalogue ``reasons``), for example ``"too_few_clusters"``.
        details: the numbers which that sentence names.
    """

    reason: str
    details: Mapping[str, float | int | str] = field(default_factory=dict)
    kind: Literal["undefined"] = "undefined"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A point estimate with what is known of its uncertainty.

    Attributes:
        estimate: the point estimate, in the unit that ``quantity`` names.
        std_error: its standard error, same unit.
        df: degrees of freedom of the reference t distribution; ``None`` for the normal.
        statistic: test statistic against ``null``.
        p_value: two-sided p-value.
        lower: lower limit of the interval.
        upper: upper limit of the interval.
        level: coverage of the interval, 0-1.
        method: name of method and variance, as the method's sheet names it.
    """

    estimate: float
    method: str
    std_error: float | None = None
    df: float | None = None
    statistic: float | None = None
    p_value: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float | None = None
    kind: Literal["estimate"] = "estimate"


@dataclass(frozen=True, kw_only=True)
class Contrast(Estimate):
    """An estimated difference or ratio between two groups.

    Attributes:
        term: what is compared, for example ``"berkelanjutan - dasar"``.
        scale: ``"difference"`` (points of proportion) or ``"ratio"``.
    """

    term: str
    scale: Literal["difference", "ratio"] = "difference"


Estimated = Estimate | Undefined
Contrasted = Contrast | Undefined
