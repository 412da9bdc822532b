"""The comparison against the demo's stated truth, and its rules of conclusion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import kbkit
from kbkit.analysis.association import _conclude
from kbkit.analysis.plan import AnalysisPlan
from kbkit.demo import DEMO_TRUTH, compute_marginal_truth, generate_population
from kbkit.results import Contrast, Undefined
from kbkit.results.association import Model
from kbkit.results.findings import Findings

PLAN = AnalysisPlan()


@pytest.fixture(scope="module")
def truth() -> float:
    """Mean difference in prevalence per step of the tier in Blora, from the model that made the demo."""
    population = generate_population()
    return compute_marginal_truth(population=population, truth=DEMO_TRUTH, regency_code="33.16").mean_step


def slope(model: Model | None) -> Contrast:
    assert model is not None
    assert isinstance(model.slope, Contrast)
    return model.slope


def test_adjustment_recovers_the_truth_of_blora(demo_findings: dict[str, Findings], truth: float) -> None:
    association = demo_findings["33.16"].association
    adjusted = slope(association.adjusted)
    assert adjusted.lower is not None
    assert adjusted.upper is not None
    assert adjusted.lower < truth < adjusted.upper
    assert association.verdict == "lower"


def test_the_crude_comparison_of_blora_is_confounded_by_design(
    demo_findings: dict[str, Findings], truth: float
) -> None:
    crude = slope(demo_findings["33.16"].association.crude)
    assert crude.lower is not None
    assert crude.lower > truth  # disadvantaged villages have the higher tiers and more stunting


@pytest.mark.parametrize(
    ("code", "first"),
    [("14.71", "empty_tiers"), ("13.77", "empty_tiers"), ("14.06", "empty_tiers"), ("21.05", "few_villages")],
)
def test_small_regencies_are_described_not_compared(demo_findings: dict[str, Findings], code: str, first: str) -> None:
    association = demo_findings[code].association
    assert association.verdict == "withheld"
    assert association.reasons[0].reason == first
    assert association.crude is None
    assert association.adjusted is None
    assert demo_findings[code].stunting is not None


def test_the_order_of_rows_changes_nothing(demo_dataset: Path, demo_findings: dict[str, Findings]) -> None:
    data = kbkit.read_regency(demo_dataset, regency="33.16")
    rng = np.random.default_rng(7)
    names = ("villages", "tiers", "stunting", "families", "village_index", "issues", "matches", "unmatched")
    frames = {name: getattr(data, name) for name in names}
    shuffled = {name: frame.iloc[rng.permutation(len(frame))] for name, frame in frames.items()}
    findings = kbkit.analyse_regency(replace(data, **shuffled))
    assert findings.stunting == demo_findings["33.16"].stunting
    assert findings.classification == demo_findings["33.16"].classification
    # Sums in another order differ in the last bits.
    first, second = slope(findings.association.adjusted), slope(demo_findings["33.16"].association.adjusted)
    assert first.estimate == pytest.approx(second.estimate, rel=1e-9)
    assert first.std_error == pytest.approx(second.std_error, rel=1e-6)


def test_a_clear_answer_that_rests_on_the_unmeasured_says_so(demo_findings: dict[str, Findings]) -> None:
    """Coverage rises with the tier by design: were no unmeasured child stunted, the answer would be unclear."""
    assert demo_findings["33.16"].association.cautions[0].reason == "rests_on_unmeasured"


def conclude(*, lower: float, upper: float, df: float = 10.0, p: float | Undefined = 0.01, districts: int = 12) -> str:
    estimate = (lower + upper) / 2
    contrast = Contrast(estimate=estimate, lower=lower, upper=upper, df=df, std_error=0.01, term="t", method="m")
    model = Model(
        name="adjusted",
        tiers=(),
        steps=(),
        slope=contrast,
        bootstrap_p=p,
        detectable=0.02,
        terms=(),
        district_effects=True,
        dispersion=1.0,
    )
    verdict, doubts = _conclude(model, districts=districts, plan=PLAN)
    return verdict if not doubts else f"{verdict}: {doubts[0].reason}"


def test_what_is_concluded_from_what() -> None:
    assert conclude(lower=-0.03, upper=-0.01) == "lower"
    assert conclude(lower=0.01, upper=0.03) == "higher"
    assert conclude(lower=-0.03, upper=0.01, p=0.30) == "unclear"
    assert conclude(lower=-0.03, upper=-0.01, p=0.08) == "unclear: bootstrap_disagrees"
    assert conclude(lower=-0.03, upper=-0.01, df=3.9) == "unclear: df_low"
    assert conclude(lower=-0.03, upper=-0.01, districts=7) == "unclear: few_districts_no_test"
    assert conclude(lower=-0.03, upper=-0.01, p=Undefined(reason="no_variance")) == "unclear: bootstrap_disagrees"


def test_the_plan_hash_changes_with_the_plan() -> None:
    assert AnalysisPlan().hash == PLAN.hash
    assert replace(PLAN, confounders=("kelurahan",)).hash != PLAN.hash
