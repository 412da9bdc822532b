"""Does the answer depend on the choices? The sensitivity set, fixed in advance.

Every specification gives the same quantity: the difference in standardised prevalence between the highest and the
lowest level of its ladder, so that they can stand on one axis. None of them is chosen by its result; all are printed.
What has no place on that axis (a test without an estimate, what a hidden trait would need) stands beside them.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kbkit.analysis.design import SCORE_TERM, Covariates, build_design
from kbkit.analysis.estimators import specify_beta_binomial, specify_linear, specify_mixed, specify_weighted
from kbkit.analysis.fitting import Fitted
from kbkit.analysis.neighbours import describe_resemblance
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import Rows
from kbkit.analysis.specifications import specify, specify_covariates, specify_fitted, specify_ladders, specify_rows
from kbkit.methods import e_value, fit_binomial, permutation_trend
from kbkit.results import Contrasted, Undefined
from kbkit.results.association import Verdict
from kbkit.results.geography import Outlines
from kbkit.results.sensitivity import (
    HiddenConfounding,
    LeaveOneOut,
    Permutation,
    Robustness,
    Sensitivity,
    Specification,
    Weighting,
    side_of_zero,
)

PERMUTATIONS: Final = 1_999
"""Random deals; (deals + 1) times 5 % is whole, and the p-value is known to half a point."""


def run_sensitivity(
    rows: Rows,
    *,
    covariates: Covariates,
    crude: Fitted,
    primary: Fitted,
    plan: AnalysisPlan,
    outlines: Outlines | None = None,
) -> Sensitivity:
    """Fit every specification of the set to a regency's usable rows.

    Args:
        rows: usable rows.
        covariates: what the plan chooses of them for the primary model.
        crude: the crude model, fitted.
        primary: the primary model, fitted.
        plan: names the specifications.
        outlines: the regency's boundaries, which tell who is whose neighbour.
    """
    by_estimator, robustness, weighting = _specify_estimators(covariates, plan)
    found = (
        specify_fitted("primary", primary),
        specify_fitted("crude", crude),
        *specify_covariates(rows, covariates=covariates, plan=plan),
        *by_estimator,
        *specify_rows(rows, plan=plan),
        *specify_ladders(rows, plan=plan),
    )
    by_name = {specification.name: specification for specification in found}
    return Sensitivity(
        specifications=tuple(by_name[name] for name in plan.sensitivity),
        leave_one_out=_leave_one_out(rows, plan),
        hidden_confounding=_hidden_confounding(by_name["primary"].ratio),
        robustness=robustness,
        permutation=_permutation(covariates, plan),
        residual_moran=describe_resemblance(primary, outlines=outlines, seed=plan.seed),
        weighting=weighting,
    )


def _specify_estimators(
    chosen: Covariates, plan: AnalysisPlan
) -> tuple[tuple[Specification, ...], Robustness | Undefined, tuple[Weighting, ...]]:
    linear, robustness = specify_linear(chosen, plan=plan)
    ordinal, by_ordinal = specify_weighted(chosen, "ordinal", plan=plan)
    multinomial, by_multinomial = specify_weighted(chosen, "multinomial", plan=plan)
    fitted = (specify_mixed(chosen, plan=plan), specify_beta_binomial(chosen, plan=plan), linear, ordinal, multinomial)
    return fitted, robustness, tuple(item for item in (by_ordinal, by_multinomial) if item is not None)


def _hidden_confounding(ratio: Contrasted) -> HiddenConfounding | Undefined:
    """How strong an unrecorded difference between villages would have to be (E-value of the prevalence ratio)."""
    if isinstance(ratio, Undefined):
        return ratio
    if ratio.lower is None or ratio.upper is None:
        return Undefined(reason="no_variance")
    needed = e_value(ratio=ratio.estimate, lower=ratio.lower, upper=ratio.upper)
    return HiddenConfounding(estimate=needed.estimate, limit=needed.limit)


def _permutation(chosen: Covariates, plan: AnalysisPlan) -> Permutation | Undefined:
    """Deal the tiers of the latest period out anew within districts, one row a village.

    What the covariates alone predict is taken off the cases first, by the primary model without the tier: dealing out
    tiers says nothing of villages that differ to begin with.
    """
    latest = chosen.rows.latest()
    latest = latest.take(np.argsort(latest.village, kind="stable"))
    design, names = build_design(
        latest, tier_as="score", confounders=chosen.confounders, district_effects=chosen.district_effects
    )
    place, cases, n = names.index(SCORE_TERM), latest.stunted, latest.measured
    null = fit_binomial(
        cases=cases, n=n, design=np.delete(design, place, axis=1), names=[*names[:place], *names[place + 1 :]],
        covariance="model", level=plan.level, solver="newton",
    )  # fmt: skip
    if isinstance(null, Undefined):
        return null
    expected = n / (1 + np.exp(-null.design @ null.log_odds))
    beyond = np.clip(cases - expected + n * cases.sum() / n.sum(), 0, n)
    test = permutation_trend(
        cases=beyond,
        n=n,
        scores=design[:, place],
        within=latest.district,
        seed=plan.seed,
        draws=PERMUTATIONS,
    )
    if isinstance(test, Undefined):
        return test
    return Permutation(p_value=test.p_value, villages=len(latest), districts=test.n_strata)


def _leave_one_out(rows: Rows, plan: AnalysisPlan) -> LeaveOneOut | None:
    """Leave out each district in turn; the range of the primary difference."""
    found = []
    for code in np.unique(rows.district):
        rest = rows.take(rows.district != code)
        difference = specify("primary", "rows", rest, plan=plan, covariance="model").difference
        if not isinstance(difference, Undefined):
            found.append((difference.estimate, rows.names.district_names[code]))
    if not found:
        return None
    (lowest, without_lowest), (highest, without_highest) = min(found), max(found)
    return LeaveOneOut(lowest=lowest, highest=highest, without_lowest=without_lowest, without_highest=without_highest)


def find_disagreements(verdict: Verdict, sensitivity: Sensitivity) -> tuple[Undefined, ...]:
    """Return cautions where specifications say something else than the verdict, gravest first.

    The crude comparison is no rival of the primary one and is left out; so are the assumptions about the unmeasured,
    which have a caution of their own.
    """
    rivals = [item for item in sensitivity.specifications if item.name != "crude" and item.group != "unmeasured"]
    if verdict in ("lower", "higher"):
        other = "higher" if verdict == "lower" else "lower"
        return (
            *_caution("specifications_reverse", [item for item in rivals if side_of_zero(item.difference) == other]),
            *_rests_on_the_unmeasured(verdict, sensitivity),
            *_caution("specifications_unclear", [s for s in rivals if side_of_zero(s.difference) == "unclear"]),
        )
    clear = [item for item in rivals if side_of_zero(item.difference) in ("lower", "higher")]
    return _caution("specifications_clear", clear)


def _rests_on_the_unmeasured(verdict: Verdict, sensitivity: Sensitivity) -> tuple[Undefined, ...]:
    """Warn where a clear answer is no longer clear under an assumption about the children who were not measured."""
    assumed = [item for item in sensitivity.specifications if item.group == "unmeasured"]
    if all(side_of_zero(item.difference) == verdict for item in assumed):
        return ()
    return (Undefined(reason="rests_on_unmeasured"),)


def _caution(reason: str, specifications: list[Specification]) -> tuple[Undefined, ...]:
    if not specifications:
        return ()
    names = ",".join(item.name for item in specifications)
    return (Undefined(reason=reason, details={"count": len(specifications), "specifications": names}),)
