"""The villages of the reference scripts, as statsmodels takes them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from kbkit.methods.counts import FloatArray
from tests.methods.conftest import design_of


def score_design(rows: pd.DataFrame) -> FloatArray:
    """Return constant, tier score, remoteness and year, shape ``(rows, 4)``."""
    return design_of("score", rows).to_numpy()


def proportions_model(rows: pd.DataFrame, **options: Any) -> Any:
    """Return the grouped logit of statsmodels on proportions weighted by measured children."""
    options = options or {"var_weights": rows["n"].to_numpy()}
    return GLM((rows["cases"] / rows["n"]).to_numpy(), score_design(rows), family=Binomial(), **options)


def expand(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per child."""
    cases = rows.loc[rows.index.repeat(rows["cases"])].assign(cases=1, n=1)
    others = rows.loc[rows.index.repeat(rows["n"] - rows["cases"])].assign(cases=0, n=1)
    return pd.concat([cases, others], ignore_index=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Let statsmodels warn without being heard: what it warns of is what a test shows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
