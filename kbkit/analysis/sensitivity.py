"""Does the answer depend on the choices? The sensitivity set, fixed in advance.

Every specification gives the same quantity: the difference in standardised prevalence between the highest and the
lowest level of its ladder, so that they can stand on one axis. None of them is chosen by its result; all are printed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import pandas as pd

from kbkit.analysis.design import SCORE_TERM, choose_covariates
from kbkit.analysis.fitting import fit_rows
from kbkit.analysis.ladders import PURGED_LADDERS
from kbkit.analysis.panel import village_coverage
from kbkit.analysis.plan import AnalysisPlan
from kbkit.domain.stunting import COVERAGE_LOW
from kbkit.domain.tiers import TIERS
from kbkit.methods import BinomialFit, e_value, prevalence_contrasts
from kbkit.results import Contrasted, Undefined
from kbkit.results.association import HiddenConfounding, LeaveOneOut, Sensitivity, Specification

_Rows = Callable[[pd.DataFrame], pd.DataFrame]


def _covered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[village_coverage(rows) >= COVERAGE_LOW]


def _equal_weights(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every row the mean number of children at its own prevalence: villages count alike, large or small."""
    mean = float(rows["children_measured"].mean())
    shares = rows["children_stunted"].astype(float) / rows["children_measured"].astype(float)
    return rows.assign(children_stunted=mean * shares, children_measured=mean)


def _with_unmeasured(rows: pd.DataFrame, *, ratio: float) -> pd.DataFrame:
    """Count the unmeasured children in, stunted ``ratio`` times as often as the measured ones of their village."""
    known = rows[rows["children_target"].notna()]
    measured = known["children_measured"].astype(float)
    unmeasured = (known["children_target"].astype(float) - measured).clip(lower=0)
    stunted = known["children_stunted"].astype(float)
    assumed = (ratio * stunted / measured).clip(upper=1) * unmeasured
    return known.assign(children_stunted=stunted + assumed, children_measured=measured + unmeasured)


_LEVELS: Final = float(len(TIERS) - 1)
_LEVELS_WITHOUT_OUTPUT: Final = 2.0
"""Highest position on the ladder; lowest is 0."""

_SUBSETS: Final[dict[str, _Rows]] = {
    "latest_period": lambda rows: rows[rows["period"] == rows["period"].max()],
    "high_coverage": _covered,
    "without_nothing_entered": lambda rows: rows[~rows["nothing_entered"].astype(bool)],
    "without_zero_cases": lambda rows: rows[rows["children_stunted"] > 0],
    "desa_only": lambda rows: rows[rows["kelurahan"] == 0],
    "equal_weights": _equal_weights,
    "unmeasured_none": partial(_with_unmeasured, ratio=0.0),
    "unmeasured_twice": partial(_with_unmeasured, ratio=2.0),
}
"""Name -> the rows that the primary model is fitted to."""


def run_sensitivity(rows: pd.DataFrame, *, plan: AnalysisPlan) -> Sensitivity:
    """Fit every specification of the set to a regency's usable rows."""
    specifications = (
        _specify("primary", rows, plan=plan),
        _specify("crude", rows, plan=plan, confounders=(), district_effects=False),
        _specify("without_district_effects", rows, plan=plan, district_effects=False),
        _specify("with_coverage", _with_coverage(rows), plan=plan, confounders=(*plan.confounders, "coverage")),
        *(_specify(name, choose(rows), plan=plan) for name, choose in _SUBSETS.items()),
        *(_specify(name, _on_ladder(rows, name), plan=plan) for name in PURGED_LADDERS),
    )
    return Sensitivity(
        specifications=specifications,
        leave_one_out=_leave_one_out(rows, plan),
        changed_without_contraception=_changed(rows),
        hidden_confounding=_hidden_confounding(specifications[0].ratio),
    )


def _with_coverage(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(coverage=village_coverage(rows))


def _on_ladder(rows: pd.DataFrame, ladder: str) -> pd.DataFrame:
    return rows.assign(**{SCORE_TERM: rows[ladder]})


def _specify(
    name: str,
    rows: pd.DataFrame,
    *,
    plan: AnalysisPlan,
    confounders: tuple[str, ...] | None = None,
    district_effects: bool | None = None,
) -> Specification:
    """Fit one specification; the covariates are chosen anew, since a subset may leave one without variation."""
    used = rows[rows[SCORE_TERM].notna()]
    if used[SCORE_TERM].nunique() < 2:
        absent = Undefined(reason="one_level")
        return Specification(name=name, rows=len(used), villages=0, difference=absent, ratio=absent)
    chosen = choose_covariates(used, plan=plan, confounders=confounders)
    effects = chosen.district_effects if district_effects is None else district_effects
    fit = fit_rows(chosen.rows, "score", chosen.confounders, district_effects=effects, plan=plan)
    difference, ratio = _across_ladder(fit, highest=_LEVELS_WITHOUT_OUTPUT if name == "without_output" else _LEVELS)
    return Specification(
        name=name,
        rows=len(chosen.rows),
        villages=chosen.rows["village_code"].nunique(),
        difference=difference,
        ratio=ratio,
    )


def _across_ladder(fit: BinomialFit | Undefined, *, highest: float) -> tuple[Contrasted, Contrasted]:
    """Contrast the whole regency at the highest level of the ladder with the whole regency at the lowest."""
    if isinstance(fit, Undefined):
        return fit, fit
    place = fit.names.index(SCORE_TERM)
    settings = {}
    for label, value in (("highest", highest), ("lowest", 0.0)):
        settings[label] = fit.design.copy()
        settings[label][:, place] = value
    (contrast,) = prevalence_contrasts(fit, settings=settings, reference="lowest")
    return contrast.difference, contrast.ratio


def _hidden_confounding(ratio: Contrasted) -> HiddenConfounding | Undefined:
    """How strong an unrecorded difference between villages would have to be (E-value of the prevalence ratio)."""
    if isinstance(ratio, Undefined):
        return ratio
    if ratio.lower is None or ratio.upper is None:
        return Undefined(reason="no_variance")
    needed = e_value(ratio=ratio.estimate, lower=ratio.lower, upper=ratio.upper)
    return HiddenConfounding(estimate=needed.estimate, limit=needed.limit)


def _leave_one_out(rows: pd.DataFrame, plan: AnalysisPlan) -> LeaveOneOut | None:
    """Leave out each district in turn; the range of the primary difference."""
    found = []
    for code, name in sorted(set(zip(rows["district_code"], rows["district_name"], strict=True))):
        difference = _specify("primary", rows[rows["district_code"] != code], plan=plan).difference
        if not isinstance(difference, Undefined):
            found.append((difference.estimate, name))
    if not found:
        return None
    (lowest, without_lowest), (highest, without_highest) = min(found), max(found)
    return LeaveOneOut(lowest=lowest, highest=highest, without_lowest=without_lowest, without_highest=without_highest)


def _changed(rows: pd.DataFrame) -> int:
    """Count the villages of the latest period whose place on the ladder is another without contraception."""
    latest = rows[rows["period"] == rows["period"].max()]
    other = latest["without_contraception"]
    return int((other.notna() & (other != latest[SCORE_TERM])).sum())
