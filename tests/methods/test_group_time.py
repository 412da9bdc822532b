from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from kbkit.methods import GroupTimeEffects, aggregate_effects, group_time_effects
from kbkit.methods.group_time_aggregates import AggregatedEffects
from kbkit.results import Undefined
from tests.methods.conftest import panel_of

KINDS = ("simple", "group", "dynamic")

COLUMNS: dict[str, Any] = {
    "outcome": "y",
    "unit": "unit",
    "period": "period",
    "first_treated": "first",
    "cluster": "cluster",
}

# The standard errors of diff-diff divide by n where the clusters' variance here divides by n - 1.
AS_DIFF_DIFF = (499 / 500) ** 0.5


def effects_of(panel: pd.DataFrame, **options: Any) -> GroupTimeEffects:
    result = group_time_effects(panel, **(COLUMNS | options))
    assert isinstance(result, GroupTimeEffects)
    return result


def aggregate(effects: GroupTimeEffects, kind: Any) -> AggregatedEffects:
    result = aggregate_effects(effects, kind=kind)
    assert isinstance(result, AggregatedEffects)
    return result


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    """Return 30 units of unequal weight in 6 clusters; beginnings in periods 2 and 4, twelve never."""
    generator = np.random.default_rng(7)
    first = np.repeat([2.0, 4.0, np.nan], [8, 10, 12])
    panel = panel_of(generator.normal(size=(30, 5)), first, np.arange(30) % 6, range(1, 6))
    return panel.assign(weight=panel["unit"].map(dict(enumerate(generator.uniform(0.5, 3, 30)))))


@pytest.mark.parametrize("controls", ["never_treated", "not_yet_treated"])
def test_effects_are_those_of_diff_diff(minimum_wage: pd.DataFrame, reference: Any, controls: Any) -> None:
    result = effects_of(minimum_wage, controls=controls)
    found = [(cell.group, cell.period, cell.effect.estimate, cell.effect.std_error) for cell in result.effects]
    for ours, (group, period, estimate, std_error) in zip(
        found, reference("minimum_wage")[controls]["effects"], strict=True
    ):
        assert ours[:2] == (group, period)
        assert ours[2] == pytest.approx(estimate, abs=1e-10)
        assert ours[3] is not None
        assert ours[3] * AS_DIFF_DIFF == pytest.approx(std_error, rel=1e-9)


@pytest.mark.parametrize("controls", ["never_treated", "not_yet_treated"])
@pytest.mark.parametrize("kind", KINDS)
def test_aggregates_are_those_of_diff_diff(
    minimum_wage: pd.DataFrame, reference: Any, controls: Any, kind: Any
) -> None:
    expected = reference("minimum_wage")[controls][kind]
    result = aggregate(effects_of(minimum_wage, controls=controls), kind)
    estimates = [result.overall] if kind == "simple" else [part.effect for part in result.parts]
    pairs = [expected] if kind == "simple" else [row[1:] for row in expected]
    if kind != "simple":
        assert [part.label for part in result.parts] == [row[0] for row in expected]
    for ours, (estimate, std_error) in zip(estimates, pairs, strict=True):
        assert ours.estimate == pytest.approx(estimate, abs=1e-10)
        assert ours.std_error is not None
        assert ours.std_error * AS_DIFF_DIFF == pytest.approx(std_error, rel=1e-9)


def test_three_overall_numbers_as_published(minimum_wage: pd.DataFrame) -> None:
    # Vignette of the R package did by Callaway & Sant'Anna, never-treated controls: three estimands, three numbers.
    result = effects_of(minimum_wage, controls="never_treated")
    overall = [aggregate(result, kind).overall for kind in KINDS]
    assert [effect.estimate for effect in overall] == pytest.approx([-0.0400, -0.0310, -0.0772], abs=5e-5)
    assert overall[1].std_error == pytest.approx(0.0124, abs=1e-4)
    assert overall[2].std_error == pytest.approx(0.0200, abs=1e-4)


def test_already_treated_units_are_no_controls() -> None:
    # Two units begin in 2 and rise by 1 a period, two begin in 3 and by 5 once, two never move.
    outcomes = [[0, 1, 2], [0, 1, 2], [0, 0, 5], [0, 0, 5], [0, 0, 0], [0, 0, 0]]
    first = [2, 2, 3, 3, np.nan, np.nan]
    result = effects_of(panel_of(outcomes, first, [1, 2, 3, 4, 5, 6], (1, 2, 3)))
    found = {(cell.group, cell.period): (cell.effect.estimate, cell.n_controls) for cell in result.effects}
    assert found == {(2, 2): (1, 4), (2, 3): (2, 2), (3, 2): (0, 2), (3, 3): (5, 2)}
    # Simple: (1 + 2 + 5) / 3; group: ((1 + 2) / 2 + 5) / 2; dynamic: ((1 + 5) / 2 + 2) / 2.
    overall = [aggregate(result, kind).overall.estimate for kind in KINDS]
    assert overall == pytest.approx([8 / 3, 3.25, 2.5])


@pytest.mark.parametrize("kind", KINDS)
def test_standard_error_is_that_of_the_derivatives_in_the_weights(small: pd.DataFrame, kind: Any) -> None:
    def overall(panel: pd.DataFrame) -> Any:
        return aggregate(effects_of(panel, weight="weight"), kind).overall

    slopes = np.zeros(6)
    for unit in range(30):
        own = small["unit"] == unit
        ends = [overall(small.assign(weight=small["weight"] * (1 + own * step))).estimate for step in (1e-5, -1e-5)]
        slopes[unit % 6] += (ends[0] - ends[1]) / 2e-5
    assert overall(small).std_error == pytest.approx(float(np.sqrt(slopes @ slopes * 6 / 5)), rel=1e-6)
    assert overall(small).df == 5


def test_integer_weights_are_copies(small: pd.DataFrame) -> None:
    weights = small.assign(weight=1 + small["unit"] % 3)
    parts = [weights[weights["weight"] > copy] for copy in range(3)]
    copies = pd.concat([part.assign(unit=part["unit"] + 100 * copy) for copy, part in enumerate(parts)])
    for kind in KINDS:
        ours, theirs = (
            aggregate(effects_of(panel, weight=column), kind).overall
            for panel, column in ((weights, "weight"), (copies, None))
        )
        assert ours.estimate == pytest.approx(theirs.estimate, abs=1e-12)
        assert ours.std_error == pytest.approx(theirs.std_error, rel=1e-9)


def test_row_order_shift_and_common_trend_change_nothing(small: pd.DataFrame) -> None:
    turned = small.sample(frac=1, random_state=3).assign(y=lambda rows: rows["y"] + 4 + rows["unit"] - rows["period"])
    for kind in KINDS:
        ours, theirs = (aggregate(effects_of(panel), kind).overall for panel in (small, turned))
        assert ours.estimate == pytest.approx(theirs.estimate, abs=1e-12)
        assert ours.std_error == pytest.approx(theirs.std_error, rel=1e-9)


def test_periods_may_be_texts(small: pd.DataFrame) -> None:
    names = {period: f"2024-0{period}" for period in range(1, 6)}
    texts = small.assign(period=small["period"].map(names), first=small["first"].map(names.get))
    ours, theirs = effects_of(small), effects_of(texts)
    assert [cell.effect for cell in ours.effects] == [cell.effect for cell in theirs.effects]
    assert theirs.effects[0].group == "2024-02"


def test_incomplete_and_always_treated_units_are_left_out_and_counted(small: pd.DataFrame) -> None:
    always = small[small["unit"] < 3].assign(unit=lambda rows: rows["unit"] + 50, first=1.0)
    gaps = small[(small["unit"] == 5) & (small["period"] > 1)].assign(unit=60)
    result = effects_of(pd.concat([small, always, gaps]))
    assert (result.n_units, result.n_left_out) == (30, 4)
    assert [cell.effect for cell in result.effects] == [cell.effect for cell in effects_of(small).effects]


def test_beginning_after_the_panel_is_never(small: pd.DataFrame) -> None:
    later = effects_of(small.assign(first=small["first"].fillna(9.0)), controls="never_treated")
    assert [c.effect for c in later.effects] == [c.effect for c in effects_of(small, controls="never_treated").effects]


def test_group_in_one_cluster_has_no_standard_error(small: pd.DataFrame) -> None:
    alone = small.assign(cluster=small["cluster"].where(small["first"] != 2, 99))
    result = effects_of(alone)
    known = {cell.group: cell.effect.std_error is not None for cell in result.effects}
    assert known == {2: False, 4: True}
    simple = aggregate(result, "simple").overall
    assert simple.std_error is simple.p_value is None
    assert [part.effect.std_error is None for part in aggregate(result, "group").parts] == [True, False]


def test_undefined_where_nobody_changes_or_nobody_compares(small: pd.DataFrame) -> None:
    never = group_time_effects(small.assign(first=np.nan), **COLUMNS)
    assert never == Undefined(reason="no_change_observed")
    together = group_time_effects(small.assign(first=3.0), **COLUMNS)
    assert together == Undefined(reason="no_change_observed")
    one = group_time_effects(small.assign(cluster=1), **COLUMNS)
    assert one == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: pd.concat([rows, rows.head(1)]),
        lambda rows: rows.assign(first=rows["first"].where(rows.index != 0, 5.0)),
        lambda rows: rows.assign(weight=0.0),
    ],
)
def test_malformed_panels_are_refused(small: pd.DataFrame, spoil: Any) -> None:
    with pytest.raises(ValueError, match=r"unit|weights"):
        effects_of(spoil(small), weight="weight")
