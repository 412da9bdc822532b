from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kbkit.demo.arrays import Reals
from kbkit.demo.children import Children, draw_children
from kbkit.demo.streams import Streams
from kbkit.demo.truth import DEMO_TRUTH

VILLAGES = 6000


def draw(*, children: int = 400, **changes: float) -> Children:
    """Draw many equal villages: no tier, no disadvantage, one district, so that only the village itself differs."""
    return draw_children(
        tiers=np.full((VILLAGES, 4), -1),
        disadvantage=np.zeros(VILLAGES),
        districts=np.zeros(VILLAGES, dtype=np.int64),
        regency=replace(DEMO_TRUTH.regencies[0], children=children, prevalence=0.2),
        truth=replace(DEMO_TRUTH, trend=0.0, **changes),  # type: ignore[arg-type]
        streams=Streams(7, ("test",)),
    )


def rates(children: Children) -> Reals:
    observed: Reals = children.stunted / children.measured
    return observed


def test_mean_and_spread_of_villages_are_those_of_a_beta_binomial() -> None:
    drawn = draw()
    measured = drawn.measured[:, 0]
    # Var(y / n) = p (1 - p) [1 + (n - 1) rho] / n
    expected = np.mean(0.2 * 0.8 * (1 + (measured - 1) * 0.015) / measured)
    assert drawn.probability == pytest.approx(0.2)
    assert rates(drawn)[:, 0].mean() == pytest.approx(0.2, abs=0.003)
    assert rates(drawn)[:, 0].var() == pytest.approx(expected, rel=0.06)


def test_a_village_keeps_its_departure_through_the_periods() -> None:
    drawn = rates(draw(children=2000))
    assert np.corrcoef(drawn[:, 0], drawn[:, 3])[0, 1] > 0.95


def test_small_correlation_leaves_binomial_villages() -> None:
    drawn = draw(intracluster_correlation=1e-6)
    binomial = np.mean(0.2 * 0.8 / drawn.measured[:, 0])
    assert rates(drawn)[:, 0].var() == pytest.approx(binomial, rel=0.06)
    assert np.corrcoef(rates(drawn)[:, 0], rates(drawn)[:, 3])[0, 1] == pytest.approx(0, abs=0.05)
