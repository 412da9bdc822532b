"""The guards: circularity, detection, reporting, negative controls, and the rules of when nothing is concluded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kbkit
from kbkit.analysis.controls import run_controls
from kbkit.analysis.detection import _overturn
from kbkit.analysis.disclosure import suppress_parts
from kbkit.analysis.panel import build_panel
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import as_rows, usable_rows
from kbkit.dataset import RegencyData
from kbkit.document import Box, dump_blocks
from kbkit.domain.editions import SMALL_CELLS
from kbkit.report.guards import compose_controls
from kbkit.results import Contrast, Estimate, Undefined
from kbkit.results.association import Association, NegativeControl, Overturning, side_of_zero
from kbkit.results.findings import Findings
from kbkit.results.stunting import ChildCoverage
from kbkit.text import LANGUAGES, Voice
from kbkit.text.guards import overturning_sentence
from tests.analysis.regencies import frame


@pytest.fixture(scope="module")
def data(demo_dataset: Path) -> RegencyData:
    return kbkit.read_regency(demo_dataset, regency="33.16")


@pytest.fixture
def blora(demo_findings: dict[str, Findings]) -> Association:
    return demo_findings["33.16"].association


@pytest.fixture(scope="module")
def asked_for_risk(data: RegencyData) -> Findings:
    """Blora under a plan that asks for what shares components with the tier."""
    plan = AnalysisPlan(
        outcome="families_at_risk/families_target", confounders=(*AnalysisPlan().confounders, "unmet_need", "bkb")
    )
    return kbkit.analyse_regency(data, plan=plan)


def test_what_shares_components_with_the_tier_is_kept_out(asked_for_risk: Findings, blora: Association) -> None:
    association = asked_for_risk.association
    assert association.circularity is not None
    assert [(r.reason, r.details["quantity"]) for r in association.circularity.refused] == [
        ("barred_outcome", "families_at_risk"),
        ("barred_covariate", "unmet_need"),
        ("barred_covariate", "bkb"),
    ]
    assert association.adjusted is not None
    assert association.adjusted == blora.adjusted
    assert asked_for_risk.provenance.plan_hash != AnalysisPlan().hash


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refusal_stands_in_a_box_and_on_the_summary_page(asked_for_risk: Findings, language: str) -> None:
    voice = Voice(language)  # type: ignore[arg-type]
    report = kbkit.compose_report(asked_for_risk, language=language)  # type: ignore[arg-type]
    boxes = [block for block in report.association.blocks if isinstance(block, Box)]
    (box,) = [box for box in boxes if box.title == voice.say("association.refused_title")]
    assert box.tone == "caution"
    assert "unmet_need" in str(box)
    summary = json.dumps(dump_blocks(report.summary.blocks), ensure_ascii=False)
    assert voice.say("circularity.barred_families_at_risk") in summary


def test_purged_tiers_count_every_village_with_scores(blora: Association) -> None:
    assert blora.circularity is not None
    for tier in blora.circularity.purged:
        assert sum(tier.without_contraception) == sum(tier.without_output) == tier.villages
    moved = sum(
        tier.villages - tier.without_contraception[place] for place, tier in enumerate(blora.circularity.purged)
    )
    assert moved == blora.circularity.changed_without_contraception > 0
    assert 0 < blora.circularity.changed_fewest_agencies < sum(tier.villages for tier in blora.circularity.purged)


def test_a_plan_that_follows_the_rules_has_nothing_refused(demo_findings: dict[str, Findings]) -> None:
    report = kbkit.compose_report(demo_findings["33.16"], language="id")
    refused = Voice("id").say("association.refused_title")
    assert refused not in [block.title for block in report.association.blocks if isinstance(block, Box)]


def test_the_demo_measures_more_in_higher_tiers(blora: Association) -> None:
    assert blora.detection is not None
    shares = [tier.adjusted.estimate for tier in blora.detection.tiers if isinstance(tier.adjusted, Estimate)]
    assert shares == sorted(shares)
    assert len(shares) == 4
    assert shares[-1] - shares[0] > 0.10


def contrast(estimate: float, lower: float, upper: float) -> Contrast:
    return Contrast(estimate=estimate, lower=lower, upper=upper, term="t", method="m")


def test_the_gap_that_overturns_by_hand() -> None:
    """Four fifths measured: every point among the unmeasured weighs a fifth, so 4 points need 20."""
    found = _overturn(
        contrast(-0.04, -0.06, -0.02), Estimate(estimate=0.8, method="m"), Estimate(estimate=0.15, method="m")
    )
    assert isinstance(found, Overturning)
    assert found.needed == pytest.approx(0.04 / 0.2)
    assert found.to_limit == pytest.approx(0.02 / 0.2)
    assert found.possible
    # The prevalence of all children, measured and not, then rises by the whole difference.
    everyone = 0.8 * 0.15 + 0.2 * (0.15 + found.needed)
    assert everyone - 0.15 == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("difference", "coverage", "needed", "to_limit", "possible"),
    [
        ((-0.04, -0.06, 0.01), 0.8, 0.2, 0.0, True),
        ((0.04, 0.02, 0.06), 0.8, -0.2, -0.1, False),
        ((-0.09, -0.1, -0.08), 0.95, 1.8, 1.6, False),
    ],
)
def test_overturning_in_every_direction(
    difference: tuple[float, float, float], coverage: float, needed: float, to_limit: float, *, possible: bool
) -> None:
    found = _overturn(
        contrast(*difference), Estimate(estimate=coverage, method="m"), Estimate(estimate=0.15, method="m")
    )
    assert isinstance(found, Overturning)
    assert (found.needed, found.to_limit) == pytest.approx((needed, to_limit))
    assert found.possible is possible


def test_nothing_is_overturned_where_all_are_measured_or_nothing_is_known() -> None:
    one, part = Estimate(estimate=1.0, method="m"), Estimate(estimate=0.2, method="m")
    known = contrast(-0.04, -0.06, -0.02)
    assert _overturn(known, one, part) == Undefined(reason="all_measured")
    assert _overturn(Undefined(reason="separation"), part, part) == Undefined(reason="separation")


@pytest.mark.parametrize("language", LANGUAGES)
def test_overturning_in_words(blora: Association, language: str) -> None:
    voice = Voice(language)  # type: ignore[arg-type]
    assert blora.detection is not None
    assert isinstance(blora.detection.overturning, Overturning)
    said = overturning_sentence(blora.detection, voice=voice)
    assert voice.style.decimal(100 * blora.detection.overturning.needed, 1) in said
    extreme = replace(blora.detection.overturning, needed=2.0)
    assert "100%" in overturning_sentence(replace(blora.detection, overturning=extreme), voice=voice)
    unclear = replace(blora.detection.overturning, to_limit=0.0)
    assert voice.say("association.higher") not in overturning_sentence(
        replace(blora.detection, overturning=unclear), voice=voice
    )


def test_dasar_is_parted_into_the_silent_and_the_others(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["33.16"]
    reporting, stunting = findings.association.reporting, findings.stunting
    assert reporting is not None
    assert stunting is not None
    dasar = next(group.children for group in stunting.tiers if group.tier == "dasar")
    assert reporting.nothing_entered.villages + reporting.entered.villages == dasar.villages
    assert findings.classification is not None
    assert reporting.nothing_entered.villages == findings.classification.nothing_entered


def test_parts_of_a_hidden_total_are_hidden() -> None:
    known = ChildCoverage(
        villages=1, villages_measured=1, children_target=50, children_measured=40, children_stunted=9,
        children_severely_stunted=0, coverage=0.8, prevalence=Undefined(reason="x"), design_effect=None,
    )  # fmt: skip
    rule = SMALL_CELLS["public"]
    shown = suppress_parts([known, known], hidden=[False, False], rule=rule)
    assert [part.children_stunted for part in shown] == [9, 9]
    hidden = suppress_parts([known, known], hidden=[True, True], rule=rule)
    assert {getattr(part.children_stunted, "reason", None) for part in hidden} == {"suppressed"}


def test_rules_are_stated_with_what_there_is(demo_findings: dict[str, Findings]) -> None:
    rules = {rule.name: rule for rule in demo_findings["33.16"].association.rules}
    assert (rules["villages_per_tier"].needed, rules["villages_per_tier"].found) == (8, 32)
    assert all(rule.met for rule in rules.values())
    withheld = {rule.name: rule for rule in demo_findings["14.71"].association.rules}
    assert withheld["villages_per_tier"].found == 0
    assert not withheld["villages_per_tier"].met
    assert withheld["df"].found is None


def indicators(data: RegencyData, **values: np.ndarray) -> RegencyData:
    """Return the regency with indicators of its villages, each an array in the order of their codes."""
    codes = sorted(data.villages["village_code"])
    rows = [
        {"village_code": code, "indicator": name, "period": "2023", "value": float(value), "layout": "x"}
        for name, array in values.items()
        for code, value in zip(codes, array, strict=True)
    ]
    return replace(data, village_indicators=frame("village_indicators", rows))


def run(data: RegencyData, **controls: str) -> tuple[NegativeControl, ...]:
    rows = usable_rows(as_rows(build_panel(data)))
    return run_controls(rows, indicators=data.village_indicators, plan=AnalysisPlan(**controls))  # type: ignore[arg-type]


def test_a_negative_control_that_shows_nothing_and_one_that_shows_something(data: RegencyData) -> None:
    rng = np.random.default_rng(4)
    villages = sorted(data.villages["village_code"])
    latest = build_panel(data).query("period == period.max()").set_index("village_code")["tier_score"]
    score = pd.Series(villages).map(latest).fillna(0).to_numpy()
    with_controls = indicators(
        data,
        electrified=rng.binomial(200, 0.7, len(villages)),
        biased=rng.binomial(200, 0.3 + 0.1 * score),
        total=np.full(len(villages), 200),
        height_above_sea=rng.normal(100, 30, len(villages)),
    )
    quiet = run(
        with_controls, negative_control_outcome="electrified/total", negative_control_exposure="height_above_sea"
    )
    assert [(control.role, side_of_zero(control.difference)) for control in quiet] == [
        ("outcome", "unclear"),
        ("exposure", "unclear"),
    ]
    # One seed in twenty shows something by chance. This one is far from it: p-values of 0.73 and 0.32.
    for control in quiet:
        assert isinstance(control.difference, Contrast)
        assert control.difference.p_value is not None
        assert control.difference.p_value > 0.2
    (loud,) = run(with_controls, negative_control_outcome="biased/total")
    assert isinstance(loud.difference, Contrast)
    assert side_of_zero(loud.difference) == "higher"
    assert loud.difference.estimate == pytest.approx(0.30, abs=0.03)


def test_a_negative_control_that_is_not_in_the_data(data: RegencyData, demo_findings: dict[str, Findings]) -> None:
    (control,) = run(data, negative_control_exposure="height_above_sea")
    assert control.difference == Undefined(reason="control_absent", details={"indicator": "height_above_sea"})
    findings = demo_findings["33.16"]
    findings = replace(findings, association=replace(findings.association, controls=(control,)))
    assert "height_above_sea" in str(compose_controls(findings, voice=Voice("en")))
