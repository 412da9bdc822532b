"""Traps 12, 13 and 15: levels of units and periods, and what an average over beginnings means."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.linear_model import WLS

from kbkit.methods import GroupTimeEffects, TwoWayFit, aggregate_effects, fit_two_way, group_time_effects
from kbkit.methods.counts import FloatArray
from kbkit.methods.group_time_aggregates import AggregatedEffects
from tests.methods.conftest import REFERENCE
from tests.methods.traps.grouped_rows import unheard

COLUMNS: dict[str, Any] = {
    "outcome": "prevalence",
    "terms": ["reached", "covered"],
    "unit": "village",
    "period": "year",
    "cluster": "kecamatan",
    "weight": "n",
}

PRINT_ERRORS = """
import json, pandas, sys
from kbkit.methods import fit_two_way
panel = pandas.DataFrame(json.load(open(sys.argv[1]))["panel"])
columns = json.loads(sys.argv[2])
print(json.dumps(fit_two_way(panel, **columns).table["std_error"].tolist()))
"""


@pytest.fixture
def panel(reference: Any) -> pd.DataFrame:
    return pd.DataFrame(reference("two_way")["panel"])


@pytest.mark.slow
def test_trap_12_errors_do_not_depend_on_the_hash_seed(reference: Any) -> None:
    # pyfixest 0.60 gives .010211 or .010166 on one panel by PYTHONHASHSEED, as it counts fixed effects in a set.
    arguments = [sys.executable, "-c", PRINT_ERRORS, str(REFERENCE / "two_way.json"), json.dumps(COLUMNS)]
    printed = [
        subprocess.run(arguments, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("0", "7")
    ]
    assert printed[0] == printed[1]
    assert json.loads(printed[0]) == pytest.approx(reference("two_way")["std_error"], rel=1e-8)


def test_trap_12_the_factor_counts_clusters_and_no_levels(panel: pd.DataFrame, reference: Any) -> None:
    # The jackknife's factor is (G - 1) / G: nothing in it asks which levels are nested in clusters.
    fit = fit_two_way(panel, **COLUMNS)
    assert isinstance(fit, TwoWayFit)
    assert fit.table["std_error"].to_list() == pytest.approx(reference("two_way")["std_error"], rel=1e-8)


def test_trap_12_units_with_one_untreated_row_take_part(minimum_wage: pd.DataFrame) -> None:
    # did2s stops at units seen once before they begin; counties of 2004 are seen in 2003 only.
    effects = group_effects(minimum_wage)
    assert [cell.period for cell in effects.effects if cell.group == 2004] == [2004, 2005, 2006, 2007]


def with_levels(panel: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Return terms beside indicators of villages and periods, and what these leave of the outcome and the terms."""
    levels = pd.get_dummies(panel[["village", "year"]].astype(str), drop_first=True).to_numpy(dtype=float)
    levels = np.column_stack([np.ones(len(panel)), levels])
    columns = panel[["prevalence", "reached", "covered"]].to_numpy(dtype=float)
    roots = np.sqrt(panel["n"].to_numpy())[:, None]
    left = columns - levels @ np.linalg.lstsq(levels * roots, columns * roots, rcond=None)[0]
    return np.column_stack([columns[:, 1:], levels]), left


def test_trap_13_nested_levels_make_algebraic_cr3_singular(panel: pd.DataFrame, reference: Any) -> None:
    design, _ = with_levels(panel)
    basis, _ = np.linalg.qr(design * np.sqrt(panel["n"].to_numpy())[:, None])
    leverages = [np.linalg.eigvalsh(rows.T @ rows).max() for rows in blocks(basis, panel["kecamatan"])]
    # Every I - H_jj has no inverse, since a cluster's villages have levels of their own.
    assert np.array(leverages) == pytest.approx(1, abs=1e-9)
    fit = fit_two_way(panel, **COLUMNS)
    assert isinstance(fit, TwoWayFit)
    assert fit.table["std_error"].to_list() == pytest.approx(reference("two_way")["std_error"], rel=1e-8)


def test_trap_13_statsmodels_counts_every_level(panel: pd.DataFrame) -> None:
    design, left = with_levels(panel)
    codes = pd.factorize(panel["kecamatan"])[0]
    with unheard():
        long, short = (
            WLS(outcome, columns, weights=panel["n"]).fit(cov_type="cluster", cov_kwds={"groups": codes})
            for outcome, columns in ((panel["prevalence"], design), (left[:, 0], left[:, 1:]))
        )
    # One coefficient, one sandwich, two standard errors: (N - 1) / (N - K) with K of 41 or of 2.
    assert np.asarray(long.params)[:2] == pytest.approx(np.asarray(short.params), rel=1e-8)
    ratio = float(np.asarray(long.bse)[0] / np.asarray(short.bse)[0])
    rows, columns = design.shape
    assert ratio == pytest.approx(((rows - 2) / (rows - columns)) ** 0.5, rel=1e-6)
    assert ratio > 1.15


def blocks(basis: FloatArray, cluster: pd.Series[Any]) -> list[FloatArray]:
    return [basis[(cluster == label).to_numpy()] for label in cluster.unique()]


def group_effects(panel: pd.DataFrame) -> GroupTimeEffects:
    effects = group_time_effects(
        panel,
        outcome="y",
        unit="unit",
        period="period",
        first_treated="first",
        cluster="cluster",
        controls="never_treated",
    )
    assert isinstance(effects, GroupTimeEffects)
    return effects


def test_trap_15_three_overall_numbers_are_three_estimands(minimum_wage: pd.DataFrame) -> None:
    # Callaway & Sant'Anna's minimum-wage panel, as the vignette of their R package did prints it.
    effects = group_effects(minimum_wage)
    found = {}
    for kind in ("simple", "group", "dynamic"):
        aggregated = aggregate_effects(effects, kind=kind)
        assert isinstance(aggregated, AggregatedEffects)
        assert aggregated.kind == kind
        found[kind] = aggregated.overall.estimate
    assert found == pytest.approx({"simple": -0.0400, "group": -0.0310, "dynamic": -0.0772}, abs=5e-5)


def test_trap_15_a_beginning_dated_one_period_early_is_another_question(minimum_wage: pd.DataFrame) -> None:
    # Two files of one study differ so (Castle doctrine: .0818 or .0694). What begins when is the caller's to say.
    early = minimum_wage.assign(first=minimum_wage["first"] - 1)
    overall = [aggregate_effects(group_effects(rows), kind="simple") for rows in (minimum_wage, early)]
    assert isinstance(overall[0], AggregatedEffects)
    assert isinstance(overall[1], AggregatedEffects)
    assert abs(overall[0].overall.estimate - overall[1].overall.estimate) > 0.003
