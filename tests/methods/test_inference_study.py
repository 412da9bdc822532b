from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import expit

from kbkit.methods import InferenceStudy, Rates, StudyDesign, simulate_inference
from kbkit.methods.inference_study import DESIGNS, PROCEDURES, _make


def test_small_run_is_repeatable_and_in_range() -> None:
    design = DESIGNS["12_clustered"]
    first = simulate_inference(design=design, data_sets=25, seed=3)
    few, again, other = (simulate_inference(design=design, data_sets=4, seed=seed) for seed in (3, 3, 4))
    assert few == again != other
    assert isinstance(first, InferenceStudy)
    assert list(first.rates) == list(PROCEDURES)
    assert first.undefined == 0
    for rates in first.rates.values():
        assert isinstance(rates, Rates)
        assert 0 <= rates.size <= rates.power <= 1
    assert first.rates["bootstrap"].coverage is None
    assert first.rates["model"].size > first.rates["CR2"].size


def test_regencies_are_as_described() -> None:
    rng = np.random.default_rng(1)
    data = _make(rng, StudyDesign(name="large", villages=(4000,) * 2, tier_sd=0.0), -0.115)
    tier, period = data.design[:, 2], data.design[:, 3]
    assert sorted(np.unique(tier)) == [0, 1, 2, 3]
    assert np.array_equal(tier[period == 0], tier[period == 1])
    assert data.n.mean() == pytest.approx(70, abs=1.5)
    assert data.points == pytest.approx(-0.02, abs=0.004)
    # Within a kecamatan and a tier the counts are over-dispersed with the stated correlation.
    rows = (data.cluster == 0) & (tier == 1)
    share = data.cases[rows].sum() / data.n[rows].sum()
    spread = np.mean((data.cases[rows] - data.n[rows] * share) ** 2 / (data.n[rows] * share * (1 - share)))
    expected = np.mean(1 + (data.n[rows] - 1) * 0.02)
    assert spread == pytest.approx(expected, rel=0.1)
    low, high = (data.cases[(data.cluster == 0) & (tier == value)].sum() for value in (0, 3))
    sizes = [data.n[(data.cluster == 0) & (tier == value)].sum() for value in (0, 3)]
    odds = (high / (sizes[1] - high)) / (low / (sizes[0] - low))
    assert np.log(odds) == pytest.approx(3 * -0.115, abs=0.08)
    assert expit(-1.15) == pytest.approx(0.24, abs=0.001)


def test_recorded_rates_keep_what_the_primary_analysis_promises(reference: Any) -> None:
    record = reference("inference_study")
    assert set(record["designs"]) == set(DESIGNS)
    for name, design in record["designs"].items():
        rates, described = design["rates"], DESIGNS[name]
        assert design["villages"] == list(described.villages)
        assert (design["tier_sd"], design["slope"]) == (described.tier_sd, described.slope)
        assert design["data_sets"] >= 2000
        assert 0.035 <= rates["CR2"]["size"] <= 0.065, name
        assert 0.935 <= rates["CR2"]["coverage"] <= 0.965, name
        assert 0.935 <= rates["CR2_points"]["coverage"] <= 0.965, name
        assert 0.035 <= rates["bootstrap"]["size"] <= 0.065, name
        for procedure in ("model", "quasi"):
            assert rates[procedure]["size"] > 0.08, name
            assert rates[procedure]["coverage"] < 0.92, name


def test_no_data_set_is_refused() -> None:
    with pytest.raises(ValueError, match="data_sets"):
        simulate_inference(design=DESIGNS["8_scattered"], data_sets=0, seed=1)
