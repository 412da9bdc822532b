"""The sensitivity set: every specification answers the same question, and purged ladders follow the rule."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kbkit.analysis.ladders import add_ladders
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.sensitivity import find_disagreements
from kbkit.domain.tiers import SCORES
from kbkit.results import Contrast, Undefined
from kbkit.results.association import (
    HiddenConfounding,
    Permutation,
    Robustness,
    Sensitivity,
    Specification,
    SpecificationGroup,
    Verdict,
    side_of_zero,
)
from kbkit.results.findings import Findings
from tests.analysis.regencies import frame, tier
from tests.domain.test_tiers import VECTORS


@pytest.fixture
def blora(demo_findings: dict[str, Findings]) -> Sensitivity:
    sensitivity = demo_findings["33.16"].association.sensitivity
    assert sensitivity is not None
    return sensitivity


def difference(sensitivity: Sensitivity, name: str) -> Contrast:
    (found,) = [item.difference for item in sensitivity.specifications if item.name == name]
    assert isinstance(found, Contrast)
    return found


def test_the_primary_specification_is_the_slope_over_the_whole_ladder(
    blora: Sensitivity, demo_findings: dict[str, Findings]
) -> None:
    adjusted = demo_findings["33.16"].association.adjusted
    assert adjusted is not None
    assert isinstance(adjusted.slope, Contrast)
    assert difference(blora, "primary").estimate == pytest.approx(3 * adjusted.slope.estimate, rel=1e-12)


def test_only_the_crude_comparison_misses_the_truth_of_the_demo(blora: Sensitivity) -> None:
    sides = {item.name: side_of_zero(item.difference) for item in blora.specifications}
    assert sides.pop("crude") == "unclear"
    sides.pop("high_coverage")  # half the villages are left: the interval is wide
    sides.pop("unmeasured_none")  # no child that stayed away is stunted: the better measured tiers look worse
    assert set(sides.values()) == {"lower"}


def test_the_set_is_the_one_of_the_plan(blora: Sensitivity) -> None:
    assert tuple(item.name for item in blora.specifications) == AnalysisPlan().sensitivity


def test_the_unmeasured_move_the_difference_as_coverage_rises_with_the_tier(blora: Sensitivity) -> None:
    none, primary, twice = (
        difference(blora, name).estimate for name in ("unmeasured_none", "primary", "unmeasured_twice")
    )
    assert twice < primary < none


def test_hidden_confounding_of_the_demo(blora: Sensitivity) -> None:
    """VanderWeele & Ding 2017: E = RR + sqrt(RR (RR - 1)), a ratio below 1 inverted first."""
    ratio = next(item.ratio for item in blora.specifications if item.name == "primary")
    assert isinstance(ratio, Contrast)
    assert isinstance(blora.hidden_confounding, HiddenConfounding)
    inverted = 1 / ratio.estimate
    assert blora.hidden_confounding.estimate == pytest.approx(inverted + (inverted * (inverted - 1)) ** 0.5, rel=1e-12)
    assert 1 < blora.hidden_confounding.limit < blora.hidden_confounding.estimate


def test_the_full_sample_lies_within_the_leave_one_out_range(blora: Sensitivity) -> None:
    assert blora.leave_one_out is not None
    assert blora.leave_one_out.lowest < difference(blora, "primary").estimate < blora.leave_one_out.highest


# case of the rule's vectors: place on the ladder without contraception, and how many of input and process are good.
PURGED = {"A": (0, 0), "B": (1, 2), "C": (3, 2), "D": (2, 1), "E": (0, 0), "F": (0, 1), "G": (1, 2), "H": (3, 2)}
# One level less turns the process sums 10 of B, C, D and G into 9, still good; that of H, 9, into 8: Mandiri.
FEWEST_AGENCIES = {"A": 0, "B": 1, "C": 3, "D": 2, "E": 0, "F": 0, "G": 1, "H": 2}


def test_purged_ladders_of_the_eight_vectors() -> None:
    rows = []
    for case, (inputs, process, _, outputs, _, _) in VECTORS.items():
        scores = dict(zip(SCORES, (*inputs, *process, *outputs), strict=True))
        rows.append(tier(case, "dasar", **scores))
    ladders = add_ladders(frame("tiers", rows)).set_index("village_code")
    assert {case: (row.without_contraception, row.without_output) for case, row in ladders.iterrows()} == PURGED
    assert ladders["fewest_agencies"].to_dict() == FEWEST_AGENCIES
    assert ladders["nothing_entered"].tolist() == [True] + [False] * 7


def test_a_missing_score_has_no_ladder() -> None:
    row = tier("x", "dasar", **(dict.fromkeys(SCORES, 1) | {"score_output_cpr": None}))
    ladders = add_ladders(frame("tiers", [row]))
    assert pd.isna(ladders["without_contraception"].iloc[0])
    assert not ladders["nothing_entered"].iloc[0], "eleven are the lowest; of the blank one nobody knows"


def test_sides() -> None:
    def contrast(lower: float, upper: float) -> Contrast:
        return Contrast(estimate=(lower + upper) / 2, lower=lower, upper=upper, term="t", method="m")

    assert side_of_zero(contrast(-2, -1)) == "lower"
    assert side_of_zero(contrast(1, 2)) == "higher"
    assert side_of_zero(contrast(-1, 2)) == "unclear"
    assert side_of_zero(Undefined(reason="separation")) == "undefined"


def test_estimators_agree_on_the_demo(blora: Sensitivity) -> None:
    """Truth is a logit with village and district intercepts: the mixed logit is right, the others near it."""
    primary = difference(blora, "primary").estimate
    for name in ("mixed", "beta_binomial", "linear_probability", "equal_weights", "district_means"):
        assert difference(blora, name).estimate == pytest.approx(primary, rel=0.15)


def test_the_weights_are_described(blora: Sensitivity) -> None:
    assert [item.model for item in blora.weighting] == ["ordinal", "multinomial"]
    for item in blora.weighting:
        assert 0 < item.lowest_probability < item.largest_share < 1
        assert item.after < item.before
        assert item.effective_rows > 10


def test_what_stands_beside_the_axis(blora: Sensitivity) -> None:
    assert isinstance(blora.permutation, Permutation)
    assert blora.permutation.p_value < 0.05
    assert blora.permutation.districts == 16
    assert isinstance(blora.robustness, Robustness)
    assert 0 < blora.robustness.significance < blora.robustness.estimate < 1
    assert blora.residual_moran == Undefined(reason="no_neighbours")


def specification(name: str, group: SpecificationGroup, lower: float, upper: float) -> Specification:
    value = Contrast(estimate=(lower + upper) / 2, lower=lower, upper=upper, term="t", method="m")
    return Specification(name=name, group=group, rows=1, villages=1, difference=value, ratio=value)


LOWER, HIGHER, UNCLEAR = (-0.02, -0.01), (0.01, 0.02), (-0.01, 0.01)


def reasons(
    blora: Sensitivity, verdict: Verdict, *others: tuple[str, SpecificationGroup, tuple[float, float]]
) -> list[str]:
    found = replace(blora, specifications=tuple(specification(name, group, *limits) for name, group, limits in others))
    return [caution.reason for caution in find_disagreements(verdict, found)]


def test_where_specifications_disagree_a_caution_says_so(blora: Sensitivity) -> None:
    assert reasons(blora, "lower", ("primary", "covariates", LOWER), ("crude", "covariates", HIGHER)) == []
    assert reasons(blora, "lower", ("mixed", "estimators", HIGHER)) == ["specifications_reverse"]
    assert reasons(blora, "lower", ("mixed", "estimators", UNCLEAR)) == ["specifications_unclear"]
    assert reasons(blora, "higher", ("mixed", "estimators", LOWER)) == ["specifications_reverse"]
    assert reasons(blora, "lower", ("unmeasured_none", "unmeasured", UNCLEAR)) == ["rests_on_unmeasured"]
    assert reasons(blora, "unclear", ("mixed", "estimators", LOWER)) == ["specifications_clear"]
    assert reasons(blora, "unclear", ("mixed", "estimators", UNCLEAR)) == []
