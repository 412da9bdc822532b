"""The specifications of the sensitivity set that are the primary model on other rows, covariates, or ladders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from kbkit.analysis.design import SCORE_TERM, Covariates, choose_covariates
from kbkit.analysis.fitting import Fitted, fit_rows
from kbkit.analysis.ladders import LADDERS
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import FloatArray, Rows
from kbkit.domain.editions import SMALL_CELLS
from kbkit.domain.stunting import COVERAGE_LOW
from kbkit.domain.tiers import TIERS
from kbkit.methods import BinomialFit, PrevalenceContrast, prevalence_contrasts
from kbkit.methods.binomial_fit import Covariance
from kbkit.results import Undefined
from kbkit.results.sensitivity import Specification, SpecificationGroup

LEVELS: Final = float(len(TIERS) - 1)
_LEVELS_WITHOUT_OUTPUT: Final = 2.0
"""Highest position on the ladder; lowest is 0."""

_ROUNDING: Final = 1e-12
"""Means of districts that differ by less are equal but for rounding."""


def _equal_weights(rows: Rows) -> Rows:
    """Give every row the mean number of children at its own prevalence: villages count alike, large or small."""
    mean = np.full(len(rows), rows.measured.mean())
    return replace(rows, stunted=mean * (rows.stunted / rows.measured), measured=mean)


def _with_unmeasured(rows: Rows, *, ratio: float) -> Rows:
    """Count the unmeasured children in, stunted ``ratio`` times as often as the measured ones of their village."""
    known = rows.take(~np.isnan(rows.target))
    unmeasured = np.maximum(known.target - known.measured, 0)
    assumed = np.minimum(ratio * (known.stunted / known.measured), 1) * unmeasured
    return replace(known, stunted=known.stunted + assumed, measured=known.measured + unmeasured)


def _without_zero_cases(rows: Rows) -> Rows:
    """Leave out villages without a case; where few were measured, whether there is one may not be told."""
    few = max(rule.smallest for rule in SMALL_CELLS.values())
    return rows.take((rows.stunted > 0) | (rows.measured < few))


_SUBSETS: Final[dict[str, tuple[SpecificationGroup, Callable[[Rows], Rows]]]] = {
    "equal_weights": ("estimators", _equal_weights),
    "latest_period": ("rows", Rows.latest),
    "high_coverage": ("rows", lambda rows: rows.take(rows.covariates["coverage"] >= COVERAGE_LOW)),
    "without_nothing_entered": ("rows", lambda rows: rows.take(~rows.nothing_entered)),
    "without_zero_cases": ("rows", _without_zero_cases),
    "desa_only": ("rows", lambda rows: rows.take(rows.covariates["kelurahan"] == 0)),
    "unmeasured_none": ("unmeasured", partial(_with_unmeasured, ratio=0.0)),
    "unmeasured_twice": ("unmeasured", partial(_with_unmeasured, ratio=2.0)),
}
"""Name -> what it varies, and the rows that the primary model is fitted to."""


def specify_covariates(rows: Rows, *, covariates: Covariates, plan: AnalysisPlan) -> tuple[Specification, ...]:
    """Fit the primary model with other covariates."""
    with_coverage = _once((*plan.confounders, "coverage"))
    return (
        specify("without_district_effects", "covariates", rows, plan=plan, district_effects=False),
        _with_district_means(covariates, plan),
        specify("with_coverage", "covariates", rows, plan=plan, confounders=with_coverage),
    )


def specify_fitted(name: str, fitted: Fitted) -> Specification:
    """Return a model that was fitted before, over the whole ladder."""
    return as_specification(name, "covariates", fitted.rows, _across_ladder(fitted.by_score, highest=LEVELS))


def specify_rows(rows: Rows, *, plan: AnalysisPlan) -> tuple[Specification, ...]:
    """Fit the primary model to other rows, weights, or assumptions about the unmeasured."""
    return tuple(specify(name, group, choose(rows), plan=plan) for name, (group, choose) in _SUBSETS.items())


def specify_ladders(rows: Rows, *, plan: AnalysisPlan) -> tuple[Specification, ...]:
    """Fit the primary model to the other ladders."""
    return tuple(specify(name, "ladders", replace(rows, score=rows.ladders[name]), plan=plan) for name in LADDERS)


def specify(
    name: str,
    group: SpecificationGroup,
    rows: Rows,
    *,
    plan: AnalysisPlan,
    confounders: tuple[str, ...] | None = None,
    district_effects: bool | None = None,
    covariance: Covariance = "CR2",
) -> Specification:
    """Fit one specification; the covariates are chosen anew, since a subset may leave one without variation."""
    used = rows.take(~np.isnan(rows.score))
    if len(used) == 0 or used.score.min() == used.score.max():
        return _absent(name, group, len(used))
    chosen = choose_covariates(used, plan=plan, confounders=confounders)
    effects = chosen.district_effects if district_effects is None else district_effects
    fit = fit_rows(chosen.rows, "score", chosen.confounders, district_effects=effects, plan=plan, covariance=covariance)
    highest = _LEVELS_WITHOUT_OUTPUT if name == "without_output" else LEVELS
    return as_specification(name, group, chosen.rows, _across_ladder(fit, highest=highest))


def _absent(name: str, group: SpecificationGroup, rows: int) -> Specification:
    absent = Undefined(reason="one_level")
    return Specification(name=name, group=group, rows=rows, villages=0, difference=absent, ratio=absent)


def as_specification(
    name: str, group: SpecificationGroup, rows: Rows, contrast: PrevalenceContrast | Undefined
) -> Specification:
    """Return a contrast of the highest with the lowest level, or why there is none, as a specification."""
    difference, ratio = (
        (contrast, contrast) if isinstance(contrast, Undefined) else (contrast.difference, contrast.ratio)
    )
    return Specification(
        name=name,
        group=group,
        rows=len(rows),
        villages=rows.n_villages,
        difference=difference,
        ratio=ratio,
    )


def _with_district_means(chosen: Covariates, plan: AnalysisPlan) -> Specification:
    """Replace the districts by their means of tier and covariates (Mundlak 1978, Econometrica 46:69-85)."""
    rows = chosen.rows
    columns = {SCORE_TERM: rows.score, **{name: rows.covariates[name] for name in chosen.confounders}}
    means = {f"mean_{name}": _district_means(rows, values) for name, values in columns.items()}
    varying = tuple(name for name, values in means.items() if np.ptp(values) > _ROUNDING)
    widened = replace(rows, covariates={**rows.covariates, **means})
    fit = fit_rows(widened, "score", (*chosen.confounders, *varying), district_effects=False, plan=plan)
    return as_specification("district_means", "covariates", rows, _across_ladder(fit, highest=LEVELS))


def _district_means(rows: Rows, values: FloatArray) -> FloatArray:
    """Return for every row the mean of its district."""
    sums, counts = np.bincount(rows.district, weights=values), np.bincount(rows.district)
    means: FloatArray = (sums / np.maximum(counts, 1))[rows.district]
    return means


def _across_ladder(fit: BinomialFit | Undefined, *, highest: float) -> PrevalenceContrast | Undefined:
    """Contrast the whole regency at the highest level of the ladder with the whole regency at the lowest."""
    if isinstance(fit, Undefined):
        return fit
    high, low = (at_level(fit.design, fit.names, value) for value in (highest, 0.0))
    (contrast,) = prevalence_contrasts(fit, settings={"highest": high, "lowest": low}, reference="lowest")
    return contrast


def at_level(design: FloatArray, names: tuple[str, ...], value: float) -> FloatArray:
    """Return the design with every row at one level of the ladder."""
    matrix = design.copy()
    matrix[:, names.index(SCORE_TERM)] = value
    return matrix


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
