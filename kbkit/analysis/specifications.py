"""The specifications of the sensitivity set that are the primary model on other rows, covariates, or ladders."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import pandas as pd

from kbkit.analysis.design import SCORE_TERM, FloatArray, choose_covariates
from kbkit.analysis.fitting import fit_rows
from kbkit.analysis.ladders import PURGED_LADDERS
from kbkit.analysis.panel import village_coverage
from kbkit.analysis.plan import AnalysisPlan
from kbkit.domain.stunting import COVERAGE_LOW
from kbkit.domain.tiers import TIERS
from kbkit.methods import BinomialFit, PrevalenceContrast, prevalence_contrasts
from kbkit.methods.binomial_fit import Covariance
from kbkit.results import Undefined
from kbkit.results.association import Specification, SpecificationGroup

LEVELS: Final = float(len(TIERS) - 1)
_LEVELS_WITHOUT_OUTPUT: Final = 2.0
"""Highest position on the ladder; lowest is 0."""

_Rows = Callable[[pd.DataFrame], pd.DataFrame]


def _covered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[village_coverage(rows) >= COVERAGE_LOW]


def _equal_weights(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every row the mean number of children at its own prevalence: villages count alike, large or small."""
    mean = float(rows["children_measured"].mean())
    return rows.assign(children_stunted=mean * _shares(rows), children_measured=mean)


def _with_unmeasured(rows: pd.DataFrame, *, ratio: float) -> pd.DataFrame:
    """Count the unmeasured children in, stunted ``ratio`` times as often as the measured ones of their village."""
    known = rows[rows["children_target"].notna()]
    measured = known["children_measured"].astype(float)
    unmeasured = (known["children_target"].astype(float) - measured).clip(lower=0)
    assumed = (ratio * _shares(known)).clip(upper=1) * unmeasured
    stunted = known["children_stunted"].astype(float)
    return known.assign(children_stunted=stunted + assumed, children_measured=measured + unmeasured)


def _shares(rows: pd.DataFrame) -> pd.Series[float]:
    return rows["children_stunted"].astype(float) / rows["children_measured"].astype(float)


_SUBSETS: Final[dict[str, tuple[SpecificationGroup, _Rows]]] = {
    "equal_weights": ("estimators", _equal_weights),
    "latest_period": ("rows", lambda rows: rows[rows["period"] == rows["period"].max()]),
    "high_coverage": ("rows", _covered),
    "without_nothing_entered": ("rows", lambda rows: rows[~rows["nothing_entered"].astype(bool)]),
    "without_zero_cases": ("rows", lambda rows: rows[rows["children_stunted"] > 0]),
    "desa_only": ("rows", lambda rows: rows[rows["kelurahan"] == 0]),
    "unmeasured_none": ("unmeasured", partial(_with_unmeasured, ratio=0.0)),
    "unmeasured_twice": ("unmeasured", partial(_with_unmeasured, ratio=2.0)),
}
"""Name -> what it varies, and the rows that the primary model is fitted to."""


def specify_covariates(rows: pd.DataFrame, *, plan: AnalysisPlan) -> tuple[Specification, ...]:
    """Fit the primary model with other covariates."""
    return (
        specify("primary", "covariates", rows, plan=plan),
        specify("crude", "covariates", rows, plan=plan, confounders=(), district_effects=False),
        specify("without_district_effects", "covariates", rows, plan=plan, district_effects=False),
        _with_district_means(rows, plan),
        specify("with_coverage", "covariates", rows, plan=plan, confounders=_once((*plan.confounders, "coverage"))),
    )


def specify_rows(rows: pd.DataFrame, *, plan: AnalysisPlan) -> tuple[Specification, ...]:
    """Fit the primary model to other rows, weights, or assumptions about the unmeasured."""
    return tuple(specify(name, group, choose(rows), plan=plan) for name, (group, choose) in _SUBSETS.items())


def specify_ladders(rows: pd.DataFrame, *, plan: AnalysisPlan) -> tuple[Specification, ...]:
    """Fit the primary model to the purged ladders."""
    return tuple(
        specify(name, "ladders", rows.assign(**{SCORE_TERM: rows[name]}), plan=plan) for name in PURGED_LADDERS
    )


def specify(
    name: str,
    group: SpecificationGroup,
    rows: pd.DataFrame,
    *,
    plan: AnalysisPlan,
    confounders: tuple[str, ...] | None = None,
    district_effects: bool | None = None,
    covariance: Covariance = "CR2",
) -> Specification:
    """Fit one specification; the covariates are chosen anew, since a subset may leave one without variation."""
    used = rows[rows[SCORE_TERM].notna()]
    if used[SCORE_TERM].nunique() < 2:
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
    name: str, group: SpecificationGroup, rows: pd.DataFrame, contrast: PrevalenceContrast | Undefined
) -> Specification:
    """Return a contrast of the highest with the lowest level, or why there is none, as a specification."""
    difference, ratio = (
        (contrast, contrast) if isinstance(contrast, Undefined) else (contrast.difference, contrast.ratio)
    )
    return Specification(
        name=name,
        group=group,
        rows=len(rows),
        villages=rows["village_code"].nunique(),
        difference=difference,
        ratio=ratio,
    )


def _with_district_means(rows: pd.DataFrame, plan: AnalysisPlan) -> Specification:
    """Replace the districts by their means of tier and covariates (Mundlak 1978, Econometrica 46:69-85)."""
    chosen = choose_covariates(rows, plan=plan)
    terms = (SCORE_TERM, *chosen.confounders)
    means = chosen.rows.groupby("district_code")[list(terms)].transform("mean").add_prefix("mean_")
    varying = tuple(name for name in means.columns if means[name].nunique() > 1)
    fit = fit_rows(
        pd.concat([chosen.rows, means], axis=1),
        "score",
        (*chosen.confounders, *varying),
        district_effects=False,
        plan=plan,
    )
    return as_specification("district_means", "covariates", chosen.rows, _across_ladder(fit, highest=LEVELS))


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
