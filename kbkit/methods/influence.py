"""What a mean that is estimated in several steps owes to every row, and the inference that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import NamedTuple

from kbkit.methods.counts import FloatArray, IntArray, sum_within
from kbkit.methods.wald import difference_contrast, logit_limits, ratio_contrast
from kbkit.results import Contrasted, Estimate, Undefined

# A variance of a proportion below this is rounding.
_NO_VARIANCE = 1e-24


class InfluencedMean(NamedTuple):
    """A mean, a proportion, and the influence of every row on it, shape ``(rows,)``."""

    value: float
    influence: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Clusters:
    """Independent units: codes of the rows, shape ``(rows,)``, and how many have a measured unit, at least two."""

    codes: IntArray
    measured: int

    @property
    def df(self) -> float:
        """Degrees of freedom of a t test."""
        return self.measured - 1.0

    def std_error(self, influence: FloatArray) -> float | None:
        """Return the standard error of what has this influence, ``None`` where nothing varies."""
        sums = sum_within(self.codes, influence)
        variance = float(sums @ sums) * self.measured / self.df
        return sqrt(variance) if variance > _NO_VARIANCE else None


def describe_mean(mean: InfluencedMean, clusters: Clusters, level: float, method: str) -> Estimate | Undefined:
    """Return the mean with its interval, symmetric on the logit scale."""
    if mean.value < 0 or mean.value > 1:
        return Undefined(reason="no_overlap")
    std_error = clusters.std_error(mean.influence)
    if std_error is None or mean.value in (0.0, 1.0):
        return Undefined(reason="no_variance")
    lower, upper = logit_limits(proportion=mean.value, std_error=std_error, df=clusters.df, level=level)
    return Estimate(
        estimate=mean.value,
        std_error=std_error,
        df=clusters.df,
        lower=lower,
        upper=upper,
        level=level,
        method=method,
    )


def difference_of_means(
    mean: InfluencedMean, base: InfluencedMean, clusters: Clusters, level: float, *, term: str, method: str
) -> Contrasted:
    """Return ``mean - base``."""
    std_error = clusters.std_error(mean.influence - base.influence)
    if std_error is None:
        return Undefined(reason="no_variance")
    return difference_contrast(
        estimate=mean.value - base.value, std_error=std_error, df=clusters.df, level=level, term=term, method=method
    )


def ratio_of_means(
    mean: InfluencedMean, base: InfluencedMean, clusters: Clusters, level: float, *, term: str, method: str
) -> Contrasted:
    """Return ``mean / base``; both are positive."""
    log_error = clusters.std_error(mean.influence / mean.value - base.influence / base.value)
    if log_error is None:
        return Undefined(reason="no_variance")
    return ratio_contrast(
        log_ratio=log(mean.value / base.value),
        log_error=log_error,
        df=clusters.df,
        level=level,
        term=term,
        method=method,
    )
