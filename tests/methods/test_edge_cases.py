"""What every method owes whatever it is given: the same answer in any order, a number or a reason, never nan.

One table of methods on the villages of the reference scripts; each entry reads the rows that it is handed and nothing
else. What a single method does beyond this stands in its own test module.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kbkit import methods
from kbkit.methods import BinomialFit, PropensityFit
from kbkit.results import Contrast, Undefined
from tests.methods.conftest import design_of

Method = Callable[[pd.DataFrame], object]


def counts(rows: pd.DataFrame) -> dict[str, Any]:
    return {"cases": rows["cases"], "n": rows["n"]}


def clustered(rows: pd.DataFrame) -> dict[str, Any]:
    return counts(rows) | {"cluster": rows["kecamatan"]}


def model(rows: pd.DataFrame, kind: str = "score") -> dict[str, Any]:
    design = design_of(kind, rows)
    return counts(rows) | {"design": design, "names": design.columns.tolist()}


def bootstrap(rows: pd.DataFrame) -> object:
    fit = methods.fit_binomial(**model(rows), cluster=rows["kecamatan"])
    return methods.score_wild_bootstrap(fit, term="tier", seed=1) if isinstance(fit, BinomialFit) else fit


def standardised(rows: pd.DataFrame) -> object:
    fit = methods.fit_binomial(**model(rows), cluster=rows["kecamatan"])
    return methods.prevalence_slope(fit, term="tier", lowest=0, highest=3) if isinstance(fit, BinomialFit) else fit


def tier_means(rows: pd.DataFrame, estimator: str) -> object:
    fit = methods.generalized_propensity(tier=rows["tier"], design=rows[["remote"]], names=["remote"])
    return getattr(methods, estimator)(**clustered(rows), propensity=fit) if isinstance(fit, PropensityFit) else fit


def measured(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["n"] > 0]


def prevalence(rows: pd.DataFrame) -> pd.Series[float]:
    return rows["cases"] / rows["n"]


METHODS: dict[str, Method] = {
    "clustered_prevalence": lambda rows: methods.clustered_prevalence(**clustered(rows)),
    "trend": lambda rows: methods.trend_test(**counts(rows), scores=rows["tier"]),
    "stratified_trend": lambda rows: methods.stratified_trend_test(
        **counts(rows), scores=rows["tier"], stratum=rows["kecamatan"]
    ),
    "jonckheere_terpstra": lambda rows: methods.jonckheere_terpstra(
        values=prevalence(measured(rows)), group=measured(rows)["tier"]
    ),
    "binomial": lambda rows: methods.fit_binomial(**model(rows), cluster=rows["kecamatan"]),
    "binomial_tiers": lambda rows: methods.fit_binomial(**model(rows, "tiers"), cluster=rows["kecamatan"]),
    "standardised": standardised,
    "bootstrap": bootstrap,
    "beta_binomial": lambda rows: methods.fit_beta_binomial(**model(rows)),
    "mixed": lambda rows: methods.fit_logistic_mixed(**model(rows), groups=[rows["kecamatan"]]),
    "weighted_means": lambda rows: tier_means(rows, "weighted_tier_means"),
    "augmented_means": lambda rows: tier_means(rows, "augmented_tier_means"),
    "slope_index": lambda rows: methods.slope_index(**clustered(rows), position=rows["remote"]),
    "relative_index": lambda rows: methods.relative_index(**clustered(rows), position=rows["remote"]),
    "concentration": lambda rows: methods.concentration_index(**clustered(rows), position=rows["remote"]),
    "funnel": lambda rows: methods.funnel_limits(**counts(rows)),
    "shrinkage": lambda rows: methods.shrink_proportions(**counts(rows)),
    "permutation": lambda rows: methods.permutation_trend(
        **counts(rows), scores=rows["tier"], within=rows["kecamatan"], seed=1, draws=19
    ),
}

# One result a row, so that unmeasured rows add rows.
BY_ROW = {"funnel", "shrinkage"}

# The same villages measured twice as often: estimates that do not lean on how sure a count is.
LEANS_ON_SIZES = {"beta_binomial", "mixed", "funnel", "shrinkage"}

CLUSTERED = {
    "clustered_prevalence",
    "binomial",
    "binomial_tiers",
    "standardised",
    "bootstrap",
    "mixed",
    "weighted_means",
    "augmented_means",
    "slope_index",
    "relative_index",
    "concentration",
}


def numbers(result: object, place: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number of a result with its place, tables and arrays left out."""
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        for field in dataclasses.fields(result):
            yield from numbers(getattr(result, field.name), f"{place}.{field.name}")
    elif isinstance(result, Mapping):
        for key, value in result.items():
            yield from numbers(value, f"{place}[{key}]")
    elif isinstance(result, (tuple, list)):
        for index, value in enumerate(result):
            yield from numbers(value, f"{place}[{index}]")
    elif isinstance(result, pd.Series):
        yield from numbers(result.to_dict(), place)
    elif isinstance(result, (int, float)) and not isinstance(result, bool):
        yield place, float(result)


def reasons(result: object) -> set[str]:
    """Return the reasons anywhere in a result."""
    if isinstance(result, Undefined):
        return {result.reason}
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        return set().union(*(reasons(getattr(result, field.name)) for field in dataclasses.fields(result)))
    if isinstance(result, (tuple, Mapping)):
        return set().union(*(reasons(v) for v in (result.values() if isinstance(result, Mapping) else result)))
    return set()


def assert_same(ours: object, theirs: object, *, skip: tuple[str, ...] = ("p_value",)) -> None:
    first, second = dict(numbers(ours)), dict(numbers(theirs))
    assert set(first) == set(second)
    for place, number in first.items():
        if not place.endswith(skip):
            assert number == pytest.approx(second[place], rel=1e-6, abs=1e-9), place


@pytest.fixture(scope="module")
def period(villages: pd.DataFrame) -> pd.DataFrame:
    """Return one row a village, so that the permutation of villages means something."""
    return villages[villages["year"] == 0].assign(year=0.0).pipe(with_years)


def with_years(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(year=np.arange(len(rows)) % 2)


@pytest.mark.parametrize("name", METHODS)
def test_order_of_rows_and_names_of_kecamatan_change_nothing(name: str, period: pd.DataFrame) -> None:
    turned = period.sample(frac=1, random_state=5)
    names = dict(zip(turned["kecamatan"].unique(), range(100), strict=False))
    turned = turned.assign(kecamatan=turned["kecamatan"].map(names))
    if name in BY_ROW:
        for column, values in METHODS[name](period).table.items():  # type: ignore[attr-defined]
            found = METHODS[name](turned).table[column].to_numpy()  # type: ignore[attr-defined]
            if values.dtype.kind in "fi":
                expected = values.set_axis(period.index).reindex(turned.index).to_numpy()
                assert found == pytest.approx(expected, rel=1e-6, nan_ok=True), column
        return
    assert_same(METHODS[name](turned), METHODS[name](period))


@pytest.mark.parametrize("name", sorted(set(METHODS) - BY_ROW))
def test_unmeasured_villages_and_empty_tiers_change_nothing(name: str, period: pd.DataFrame) -> None:
    # Villages of a fifth tier, none of which measured a child: the tier is empty and merges into nothing.
    fifth = 3 if "means" in name or name == "binomial_tiers" else 4
    empty = period.head(3).assign(cases=0, n=0, tier=fifth)
    if "means" in name:
        pytest.skip("a village's chance of a tier is estimated from all villages, measured or not")
    assert_same(METHODS[name](pd.concat([period, empty], ignore_index=True)), METHODS[name](period))


@pytest.mark.parametrize("name", sorted(set(METHODS) - LEANS_ON_SIZES))
def test_doubling_all_counts_moves_no_estimate(name: str, period: pd.DataFrame) -> None:
    doubled = period.assign(cases=period["cases"] * 2, n=period["n"] * 2)
    once, twice = METHODS[name](period), METHODS[name](doubled)
    if hasattr(once, "coefficients"):
        once, twice = once.coefficients, twice.coefficients  # type: ignore[attr-defined]
    first, second = dict(numbers(once)), dict(numbers(twice))
    estimates = [place for place in first if place.endswith("estimate") or isinstance(once, pd.Series)]
    assert estimates or name == "bootstrap"
    for place in estimates:
        assert second[place] == pytest.approx(first[place], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", sorted(CLUSTERED))
def test_one_kecamatan_is_no_sample_of_kecamatan(name: str, period: pd.DataFrame) -> None:
    assert "too_few_clusters" in reasons(METHODS[name](period.assign(kecamatan="K01")))


def test_a_hidden_nan_is_found() -> None:
    hidden = methods.PrevalenceContrast(
        setting="a",
        reference="b",
        difference=Contrast(estimate=0.1, std_error=math.nan, term="a - b", method="none"),
        ratio=Undefined(reason="no_variance"),
    )
    assert [place for place, number in numbers({"x": (hidden,)}) if math.isnan(number)] == [
        "[x][0].difference.std_error"
    ]
    assert reasons((hidden,)) == {"no_variance"}


SPOILT: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "one_village_per_kecamatan": lambda rows: rows.assign(kecamatan=rows["village"]),
    "no_case_in_a_tier": lambda rows: rows.assign(cases=rows["cases"].where(rows["tier"] != 3, 0)),
    "only_cases_in_a_tier": lambda rows: rows.assign(cases=rows["cases"].where(rows["tier"] != 3, rows["n"])),
    "no_case_at_all": lambda rows: rows.assign(cases=0),
    "only_cases": lambda rows: rows.assign(cases=rows["n"]),
    "nobody_measured": lambda rows: rows.assign(cases=0, n=0),
    "one_tier": lambda rows: rows.assign(tier=2),
    "one_kecamatan": lambda rows: rows.assign(kecamatan="K01"),
    "one_share_everywhere": lambda rows: rows.assign(n=20, cases=5),
    "one_child_a_village": lambda rows: rows.assign(n=1, cases=(rows["cases"] % 2)),
    "five_villages": lambda rows: rows.head(5),
    "perfectly_separated": lambda rows: rows.assign(cases=rows["n"].where(rows["tier"] > 1, 0)),
}


@pytest.mark.parametrize("spoil", SPOILT)
@pytest.mark.parametrize("name", METHODS)
def test_a_number_or_a_reason_and_never_nan(name: str, spoil: str, period: pd.DataFrame) -> None:
    result = METHODS[name](SPOILT[spoil](period))
    for place, number in numbers(result):
        assert not math.isnan(number), place


@pytest.mark.parametrize(
    ("name", "spoil", "reason"),
    [
        ("binomial_tiers", "no_case_in_a_tier", "separation"),
        ("binomial_tiers", "only_cases_in_a_tier", "separation"),
        ("binomial", "perfectly_separated", "separation"),
        ("binomial", "one_tier", "rank_deficient"),
        ("binomial", "nobody_measured", "nothing_measured"),
        ("binomial", "no_case_at_all", "separation"),
        ("bootstrap", "five_villages", "too_few_clusters"),
        ("trend", "one_tier", "one_group"),
        ("trend", "no_case_at_all", "no_variance"),
        ("jonckheere_terpstra", "one_tier", "one_group"),
        ("beta_binomial", "one_share_everywhere", "no_overdispersion"),
        ("weighted_means", "one_tier", "one_group"),
        ("weighted_means", "no_case_in_a_tier", "no_variance"),
        ("permutation", "one_tier", "one_group"),
        ("clustered_prevalence", "nobody_measured", "nothing_measured"),
    ],
)
def test_the_reason_is_the_one_that_helps(name: str, spoil: str, reason: str, period: pd.DataFrame) -> None:
    assert reason in reasons(METHODS[name](SPOILT[spoil](period)))


@pytest.mark.parametrize("name", ["fit_beta_binomial", "fit_logistic_mixed", "fit_binomial"])
def test_the_reference_tier_is_a_matter_of_taste(name: str, period: pd.DataFrame) -> None:
    contrasts = []
    for reference in (0, 3):
        others = [tier for tier in range(4) if tier != reference]
        columns: list[Any] = [np.ones(len(period)), *(period["tier"] == tier for tier in others)]
        extra: dict[str, dict[str, Any]] = {
            "fit_binomial": {"cluster": period["kecamatan"]},
            "fit_logistic_mixed": {"groups": [period["kecamatan"]]},
        }
        fit = getattr(methods, name)(
            **counts(period),
            design=np.column_stack(columns).astype(float),
            names=["constant", *map(str, others)],
            **extra.get(name, {}),
        )
        weights = [float((tier == "2") - (tier == "1")) for tier in fit.names]
        contrasts.append(fit.linear_combination(weights=weights))
    assert_same(contrasts[0], contrasts[1], skip=())
