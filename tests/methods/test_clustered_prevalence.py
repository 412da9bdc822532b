from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.methods import ClusteredPrevalence, clustered_prevalence, proportion_interval
from kbkit.results import Undefined
from tests.methods.conftest import limits

COMPARED = ("estimate", "std_error", "df", "lower", "upper", "design_effect", "icc")


def of(rows: pd.DataFrame) -> ClusteredPrevalence:
    result = clustered_prevalence(cases=rows["cases"], n=rows["n"], cluster=rows["kecamatan"])
    assert isinstance(result, ClusteredPrevalence)
    return result


def test_same_as_survey_on_child_rows(villages: pd.DataFrame, reference: Any) -> None:
    expected = reference("prevalence")
    parts = {
        "all": villages,
        "first_period": villages[villages["year"] == 0],
        "top_tier": villages[villages["tier"] == 3],
    }
    for name, rows in parts.items():
        result = of(rows)
        for field in COMPARED:
            assert getattr(result, field) == pytest.approx(expected[name][field], rel=1e-9), (name, field)


def test_clusters_make_the_interval_wider_than_wilson(villages: pd.DataFrame) -> None:
    result = of(villages)
    clustered, plain = limits(result), limits(proportion_interval(cases=result.cases, n=result.n))
    assert clustered[1] - clustered[0] > 3 * (plain[1] - plain[0])


def test_rows_without_measured_children_say_nothing(villages: pd.DataFrame) -> None:
    empty = villages.iloc[:3].assign(n=0, cases=0, kecamatan="K99")
    assert of(pd.concat([villages, empty])) == of(villages)


def test_row_order_and_layout_change_nothing(villages: pd.DataFrame) -> None:
    shuffled = villages.sample(frac=1, random_state=4)
    joined = villages.groupby("kecamatan", as_index=False)[["cases", "n"]].sum()
    for rows in (shuffled, joined):
        for field in COMPARED:
            assert getattr(of(rows), field) == pytest.approx(getattr(of(villages), field), rel=1e-12)


def test_nothing_measured_and_one_cluster_are_undefined() -> None:
    assert clustered_prevalence(cases=[0, 0], n=[0, 0], cluster=["a", "b"]) == Undefined(reason="nothing_measured")
    one = clustered_prevalence(cases=[3, 4, 0], n=[9, 9, 0], cluster=["a", "a", "b"])
    assert one == Undefined(reason="too_few_clusters", details={"clusters": 1, "needed": 2})


@pytest.mark.parametrize(("cases", "estimate"), [([0, 0, 0], 0.0), ([10, 10, 10], 1.0)])
def test_no_variation_gives_the_widest_interval_not_none(cases: list[int], estimate: float) -> None:
    # Three equal clusters count as three trials: 1 - 0.025^(1/3) = 0.7076.
    result = clustered_prevalence(cases=cases, n=[10, 10, 10], cluster=["a", "b", "c"])
    assert isinstance(result, ClusteredPrevalence)
    assert result.estimate == estimate
    assert result.std_error is result.design_effect is result.icc is None
    assert result.method == "clopper_pearson_effective_clusters"
    widest = 1 - 0.025 ** (1 / 3)
    expected = (0.0, widest) if estimate == 0 else (1 - widest, 1.0)
    assert limits(result) == pytest.approx(expected, rel=1e-12)


def test_equal_shares_by_chance_are_not_certainty() -> None:
    result = clustered_prevalence(cases=[2, 4], n=[10, 20], cluster=["a", "b"])
    assert isinstance(result, ClusteredPrevalence)
    assert result.std_error is None
    assert limits(result)[1] > 0.9
    assert result.icc is not None
    assert result.icc < 0


@given(
    rows=st.lists(
        st.tuples(st.integers(1, 30), st.integers(31, 90), st.integers(0, 5)), min_size=8, max_size=20
    ).filter(lambda rows: len({row[2] for row in rows}) > 2)
)
def test_complement_mirrors_and_doubling_rows_inside_clusters_changes_no_error(
    rows: list[tuple[int, int, int]],
) -> None:
    cases, n, cluster = (np.array(column) for column in zip(*rows, strict=True))
    result = clustered_prevalence(cases=cases, n=n, cluster=cluster)
    mirror = clustered_prevalence(cases=n - cases, n=n, cluster=cluster)
    double = clustered_prevalence(cases=2 * cases, n=2 * n, cluster=cluster)
    assert isinstance(result, ClusteredPrevalence)
    assert isinstance(mirror, ClusteredPrevalence)
    assert isinstance(double, ClusteredPrevalence)
    assert limits(mirror)[0] == pytest.approx(1 - limits(result)[1], abs=1e-9)
    # More children in the same clusters is not more clusters.
    assert double.std_error == pytest.approx(result.std_error, rel=1e-9)


def described(**counts: Any) -> ClusteredPrevalence:
    result = clustered_prevalence(**counts)
    assert isinstance(result, ClusteredPrevalence)
    return result


def test_told_ranges_widen_the_interval_and_hide_the_cases() -> None:
    told: dict[str, Any] = {"n": [40, 50, 60], "cluster": [0, 1, 2], "least": [1, 5, 20], "most": [4, 9, 20]}
    one, other = (described(cases=cases, **told) for cases in ([2, 8, 20], [4, 6, 20]))
    assert (one.lower, one.upper, one.design_effect) == (other.lower, other.upper, other.design_effect)
    plain = described(cases=[2, 8, 20], n=told["n"], cluster=told["cluster"])
    assert (one.std_error or 0) > (plain.std_error or 0)
    # A fifth of 40, 50 and 60 are 8, 10 and 12; the farther ends are 1, 5 and 20.
    assert one.std_error == pytest.approx((3 / 2 * (7**2 + 5**2 + 8**2)) ** 0.5 / 150, rel=1e-12)


def test_a_share_of_zero_has_no_logit_also_where_rows_are_told_as_ranges() -> None:
    told = described(cases=[0, 0, 0], n=[1, 1, 29], cluster=[0, 1, 2], least=[0, 0, 0], most=[1, 1, 0])
    assert told.std_error is None
    assert (told.lower, told.upper) == pytest.approx(
        (0.0, described(cases=[0, 0, 0], n=[1, 1, 29], cluster=[0, 1, 2]).upper), abs=1e-12
    )
