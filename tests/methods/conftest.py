"""The synthetic villages of the reference scripts, and designs over them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kbkit.methods import BinomialFit, fit_binomial
from kbkit.methods.binomial_fit import Covariance
from kbkit.methods.counts import FloatArray
from kbkit.results import Estimate

REFERENCE = Path(__file__).parent / "reference"

Fitter = Callable[..., BinomialFit]

# Tolerances: closed forms of R printed to 15 digits, and fits, whose iterations end where they end.
CLOSED = 1e-10
FITTED = 1e-8


def limits(result: object) -> tuple[float, float]:
    """Return the two limits of a result, which must have them."""
    assert isinstance(result, Estimate)
    assert result.lower is not None
    assert result.upper is not None
    return result.lower, result.upper


def cell(fit: BinomialFit, term: str, column: str) -> float:
    """Return one number of the table of a fit."""
    return float(fit.table[column].to_numpy()[fit.names.index(term)])


def std_errors(fit: BinomialFit) -> FloatArray:
    """Return the standard errors of all terms, shape ``(columns,)``."""
    return fit.table["std_error"].to_numpy(dtype=np.float64)


@pytest.fixture(scope="session")
def villages() -> pd.DataFrame:
    """Return 90 villages in 12 unbalanced kecamatan, two periods (reference/villages.R)."""
    return pd.read_csv(REFERENCE / "villages.csv")


@pytest.fixture(scope="session")
def reference() -> Callable[[str], Any]:
    """Return a reader of the numbers that a reference script wrote."""
    return lambda name: json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


def design_of(model: str, villages: pd.DataFrame) -> pd.DataFrame:
    """Return the design of a model of reference/binomial.R, columns in the order of its terms."""
    columns: dict[str, Any] = {"constant": np.ones(len(villages))}
    if model == "tiers":
        columns |= {f"tier_{tier}": (villages["tier"] == tier).astype(float) for tier in (1, 2, 3)}
    else:
        columns["tier"] = villages["tier"]
    columns |= {"remote": villages["remote"], "year": villages["year"]}
    if model == "score_fixed_effects":
        labels = sorted(villages["kecamatan"].unique())
        columns |= {label: (villages["kecamatan"] == label).astype(float) for label in labels[1:]}
    return pd.DataFrame(columns).astype(float)


@pytest.fixture(scope="session")
def fit_villages(villages: pd.DataFrame) -> Fitter:
    """Return a function that fits a model of reference/binomial.R with a covariance of choice."""

    def fit(model: str, covariance: Covariance = "CR2", rows: pd.DataFrame = villages) -> BinomialFit:
        design = design_of(model, rows)
        result = fit_binomial(
            cases=rows["cases"],
            n=rows["n"],
            design=design,
            names=design.columns.tolist(),
            cluster=rows["kecamatan"],
            covariance=covariance,
        )
        assert isinstance(result, BinomialFit)
        return result

    return fit


def panel_of(outcomes: Any, first: Any, cluster: Any, periods: Any) -> pd.DataFrame:
    """Return a long panel from outcomes of shape (units, periods)."""
    wide = pd.DataFrame(outcomes, columns=list(periods))
    units = pd.DataFrame({"unit": np.arange(len(wide)), "first": first, "cluster": cluster})
    return pd.concat([units, wide], axis=1).melt(["unit", "first", "cluster"], var_name="period", value_name="y")


@pytest.fixture(scope="session")
def minimum_wage(reference: Any) -> pd.DataFrame:
    """Return a panel with the numbers of counties, means and covariances of that of Callaway & Sant'Anna."""
    known, generator = reference("minimum_wage"), np.random.default_rng(1)
    parts, first = [], []
    for group in known["groups"]:
        noise = generator.normal(size=(group["n"], len(known["years"])))
        basis, _ = np.linalg.qr(noise - noise.mean(axis=0))
        root = np.linalg.cholesky(np.array(group["covariance"]))
        parts.append(group["mean"] + group["n"] ** 0.5 * basis @ root.T)
        first += [group["first"] or np.nan] * group["n"]
    return panel_of(np.vstack(parts), first, np.arange(len(first)), known["years"])
