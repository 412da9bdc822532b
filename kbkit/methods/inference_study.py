"""Simulation of the primary analysis: how often its test rejects a true hypothesis, and its interval covers.

Estimand: for one made-up regency, the share of data sets in which a test at 5 % rejects "no slope" where there is none
(size) and where there is one (power), and in which the 95 % interval holds the slope that there is (coverage).

Formula: kecamatan ``k`` has log odds ``a_k ~ N(a, 0.3)``; village ``i`` in it has tier
``clip(round(1.4 + g_k + h_i), 0, 3)`` with ``g_k ~ N(0, s)``, ``h_i ~ N(0, sqrt(1.17 - s^2))``. In each of two periods
it has ``10 + NB`` measured children (mean 70) and cases ``Binomial(n_it, q_i)``, ``q_i ~ Beta`` of mean
``expit(a_k + b tier_i)`` and correlation 0.02 between children. The tier score, the period and fixed effects of the
kecamatan are fitted by :func:`kbkit.methods.fit_binomial`, a row a village-period. Compared on the same data: ``CR2``
with Satterthwaite (the primary interval), the score wild cluster ``bootstrap`` (the primary p-value), ``CR1S_normal``
(the cluster default of statsmodels), ``quasi`` and ``model``. Coverage is of ``b``, and with ``CR2_points`` of the
standardised slope in points.

Assumptions: the beta distribution makes the fitted mean exactly true, so that what is seen is the inference's own
error. A regency whose slopes differ between kecamatan, or whose kecamatan depend on each other, is worse than this.

Edge cases: a data set without an estimate counts under ``undefined`` and in no rate. The Monte-Carlo standard error of
a rate ``r`` is ``sqrt(r (1 - r) / data_sets)``.

Source: Morris, White & Crowther, Statistics in Medicine 2019, 38:2074-2102 (conduct and report of simulation studies).

Checked against: results recorded with seed and versions beside the tests; the same seed gives the same rates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from scipy.special import expit

from kbkit.methods.binomial import fit_binomial
from kbkit.methods.binomial_fit import BinomialFit, Covariance
from kbkit.methods.counts import FloatArray, IntArray
from kbkit.methods.standardisation import prevalence_slope
from kbkit.methods.wald import critical_value
from kbkit.methods.wild_bootstrap import WildBootstrapTest, score_wild_bootstrap
from kbkit.results import Estimate

Procedure = Literal["CR2", "CR2_points", "bootstrap", "CR1S_normal", "quasi", "model"]

PROCEDURES: tuple[Procedure, ...] = ("CR2", "CR2_points", "bootstrap", "CR1S_normal", "quasi", "model")

_COVARIANCES: tuple[Covariance, ...] = ("CR2", "CR1S", "quasi", "model")

# Level of the intervals; one minus it is the nominal size.
_LEVEL = 0.95

# Log odds of 24 % stunted, about the national level; kecamatan differ by a standard deviation of 0.3.
_MEAN_LOG_ODDS, _KECAMATAN_SD = -1.15, 0.3

# Correlation between children of a village beyond their kecamatan and tier, and the spread of tiers.
_VILLAGE_CORRELATION, _TIER_VARIANCE = 0.02, 1.17


@dataclass(frozen=True, kw_only=True)
class StudyDesign:
    """A made-up regency.

    Attributes:
        name: name of the design.
        villages: villages of every kecamatan.
        tier_sd: standard deviation of the kecamatan's leaning to a tier, 0 where tiers know no kecamatan.
        slope: log odds per tier where the hypothesis is false.
    """

    name: str
    villages: tuple[int, ...]
    tier_sd: float
    slope: float = -0.115


_EIGHT = (3, 5, 7, 8, 10, 12, 15, 20)
_TWELVE = (2, 3, 3, 4, 5, 6, 7, 8, 9, 11, 14, 18)
_TWENTY_FIVE = (*range(3, 16), *range(6, 18))

# Leanings of standard deviation 0.6 make about a third of the tiers' variance one between kecamatan.
DESIGNS: Mapping[str, StudyDesign] = MappingProxyType(
    {
        f"{len(villages)}_{leaning}": StudyDesign(name=f"{len(villages)}_{leaning}", villages=villages, tier_sd=tier_sd)
        for villages in (_EIGHT, _TWELVE, _TWENTY_FIVE)
        for leaning, tier_sd in (("scattered", 0.0), ("clustered", 0.6))
    }
)


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Shares of data sets, 0-1; ``coverage`` is ``None`` for a test without an interval."""

    size: float
    power: float
    coverage: float | None


@dataclass(frozen=True, kw_only=True)
class InferenceStudy:
    """What was found for one design.

    Attributes:
        design: the regency.
        data_sets: data sets made with a slope, and as many without.
        seed: seed of all of them.
        undefined: data sets in which the fit or the bootstrap does not exist.
        rates: procedure to its rates.
    """

    design: StudyDesign
    data_sets: int
    seed: int
    undefined: int
    rates: Mapping[Procedure, Rates]


@dataclass(frozen=True, kw_only=True, eq=False)
class _DataSet:
    """Village-periods, the slope they were made with, and its standardised twin in points."""

    cases: IntArray
    n: IntArray
    design: FloatArray
    cluster: IntArray
    slope: float
    points: float


def simulate_inference(*, design: StudyDesign, data_sets: int, seed: int) -> InferenceStudy:
    """Run the primary analysis, and the usual ones beside it, on made-up regencies.

    Args:
        design: the regency.
        data_sets: data sets with a slope, and as many without.
        seed: seed of the data and of the bootstrap.

    Raises:
        ValueError: ``data_sets`` is under 1.
    """
    if data_sets < 1:
        raise ValueError(f"data_sets must be at least 1, not {data_sets}")
    rng = np.random.default_rng(seed)
    null, other = (_count(rng, design, slope, data_sets, seed) for slope in (0.0, design.slope))
    rates = {
        procedure: Rates(
            size=null[procedure, "rejected"] / max(null["defined"], 1),
            power=other[procedure, "rejected"] / max(other["defined"], 1),
            coverage=None if procedure == "bootstrap" else other[procedure, "covered"] / max(other["defined"], 1),
        )
        for procedure in PROCEDURES
    }
    return InferenceStudy(
        design=design,
        data_sets=data_sets,
        seed=seed,
        undefined=2 * data_sets - null["defined"] - other["defined"],
        rates=MappingProxyType(rates),
    )


def _count(
    rng: np.random.Generator, design: StudyDesign, slope: float, data_sets: int, seed: int
) -> Counter[str | tuple[str, str]]:
    """Count what every procedure does on data made with ``slope``."""
    counts: Counter[str | tuple[str, str]] = Counter()
    for _ in range(data_sets):
        found = _analyse(_make(rng, design, slope), seed)
        if found is not None:
            counts["defined"] += 1
            counts.update(found)
    return counts


def _make(rng: np.random.Generator, design: StudyDesign, slope: float) -> _DataSet:
    cluster = np.repeat(np.arange(len(design.villages)), design.villages)
    leaning = rng.normal(0, design.tier_sd, len(design.villages))[cluster]
    own = rng.normal(0, np.sqrt(_TIER_VARIANCE - design.tier_sd**2), cluster.size)
    tier = np.clip(np.round(1.4 + leaning + own), 0, 3)
    level = rng.normal(_MEAN_LOG_ODDS, _KECAMATAN_SD, len(design.villages))[cluster]
    mean, precision = expit(level + slope * tier), (1 - _VILLAGE_CORRELATION) / _VILLAGE_CORRELATION
    share = rng.beta(mean * precision, (1 - mean) * precision)
    n = 10 + rng.negative_binomial(2, 2 / 62, (2, cluster.size))
    per_village = n.sum(axis=0)
    columns = np.column_stack([np.eye(len(design.villages))[cluster], tier])
    return _DataSet(
        cases=rng.binomial(n, share).ravel(),
        n=n.ravel(),
        design=np.column_stack([np.tile(columns, (2, 1)), np.repeat([0.0, 1.0], cluster.size)]),
        cluster=np.tile(cluster, 2),
        slope=slope,
        points=float(per_village @ (expit(level + 3 * slope) - expit(level))) / (3 * int(n.sum())),
    )


def _analyse(data: _DataSet, seed: int) -> list[tuple[str, str]] | None:
    """Return what every procedure does, ``None`` where one has no result."""
    names = [*(f"level_{place}" for place in range(data.design.shape[1] - 2)), "tier", "period"]
    estimates: dict[str, tuple[object, float]] = {}
    test: object = None
    for covariance in _COVARIANCES:
        fit = fit_binomial(
            cases=data.cases,
            n=data.n,
            design=data.design,
            names=names,
            cluster=data.cluster,
            covariance=covariance,
            level=_LEVEL,
            solver="newton",
        )
        if not isinstance(fit, BinomialFit):
            return None
        estimates[covariance] = fit.linear_combination(weights=np.eye(len(names))[-2]), data.slope
        if covariance == "CR2":
            estimates["CR2_points"] = prevalence_slope(fit, term="tier", lowest=0, highest=3), data.points
            test = score_wild_bootstrap(fit, term="tier", seed=seed)
    if not isinstance(test, WildBootstrapTest):
        return None
    found = [("bootstrap", "rejected")] if test.p_value <= 1 - _LEVEL else []
    for name, (estimate, truth) in estimates.items():
        if not isinstance(estimate, Estimate):
            return None
        procedure = "CR1S_normal" if name == "CR1S" else name
        lower, upper = _limits(estimate, normal=name == "CR1S")
        found += [(procedure, "covered")] * (lower <= truth <= upper)
        found += [(procedure, "rejected")] * (not lower <= 0 <= upper)
    return found


def _limits(estimate: Estimate, *, normal: bool) -> tuple[float, float]:
    """Return the limits of the interval, those of the normal where asked for."""
    if normal and estimate.std_error is not None:
        half = critical_value(level=_LEVEL, df=None) * estimate.std_error
        return estimate.estimate - half, estimate.estimate + half
    if estimate.lower is None or estimate.upper is None:
        raise ValueError("the estimate has no interval")
    return estimate.lower, estimate.upper
