"""Profile, registers and lists of the demo: one story with its scores, and nothing of it depends on stunting."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.dataset import read_metadata
from kbkit.demo import DEMO_TRUTH, DemoReport, FaultKind, Population
from kbkit.demo.launches import draw_launch_years
from kbkit.demo.profile_counts import draw_counts, fitting_count
from kbkit.demo.streams import Streams
from kbkit.domain.banding import rounded_percent
from kbkit.domain.tiers import HIGHEST_SCORE, SCORES
from kbkit.prepare import prepare_dataset
from kbkit.quality.profile_scores import SCORE_COUNTS

LAST = DEMO_TRUTH.snapshots[-1]


@pytest.fixture(scope="module")
def dataset(demo: DemoReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The new exports alone, with the classification that they must agree with."""
    new = [demo.exports / file for file in demo.files if "eppgbm" not in file and "klasifikasi_202" not in file]
    out = tmp_path_factory.mktemp("lists") / "dataset"
    prepare_dataset(
        sources=[*new, demo.exports / f"kampung_kb/kkb_klasifikasi_{LAST.isoformat()}.xlsx"],
        out=out,
    )
    return out


def scores(population: Population) -> pd.DataFrame:
    return population.tiers[population.tiers["snapshot_date"] == LAST].set_index("village_code")


def test_every_score_that_the_profile_gives_is_the_printed_one(dataset: Path, demo: DemoReport) -> None:
    found = read_metadata(dataset).profile_scores
    assert found is not None
    (comparison,) = found.comparisons
    assert comparison.days == 0
    assert comparison.agreed == comparison.compared > 2500
    assert {share.score for share in comparison.shares} == set(SCORE_COUNTS)
    assert found.records_impossible == demo.fault_counts[FaultKind.IMPOSSIBLE_COUNT] == 3


def test_every_planted_count_is_found_and_no_other(dataset: Path, demo: DemoReport) -> None:
    planted = {fault.village_code for fault in demo.faults if fault.kind is FaultKind.IMPOSSIBLE_COUNT}
    issues = pd.read_parquet(dataset / "issues")
    errors = issues[(issues["severity"] == "error") & issues["source_file"].str.contains("profil_rinci")]
    assert set(errors["village_code"]) == planted


def test_disadvantaged_villages_were_launched_first(population: Population) -> None:
    years = draw_launch_years(population, regency_code="33.16", streams=Streams(1))
    assert len(years) == 295
    assert years.min() == 2016
    assert set(years[years > 2022]) == {2023}
    early = years[years <= 2022]
    disadvantage = population.villages.set_index("village_code")["disadvantage"].loc[early.index]
    assert np.corrcoef(early, disadvantage)[0, 1] < -0.5


def test_money_and_agencies_follow_the_scores(dataset: Path, population: Population) -> None:
    score = scores(population)
    money = pd.read_parquet(dataset / "funding")
    sources = money[money["amount"] > 0].groupby("village_code")["source"].nunique()
    found = score["score_input_funding"].index.to_series().map(sources).fillna(0)
    assert found.groupby(score["score_input_funding"]).agg(["min", "max"]).to_numpy().tolist() == [
        [0, 0],
        [1, 1],
        [2, 4],
        [5, 6],
    ]
    work = pd.read_parquet(dataset / "interventions")
    agencies = work.groupby("village_code")["lead_agency_key"].nunique()
    found = score["score_process_cross_sector"].index.to_series().map(agencies).fillna(0)
    assert found.groupby(score["score_process_cross_sector"]).agg(["min", "max"]).to_numpy().tolist() == [
        [0, 0],
        [1, 3],
        [4, 6],
        [7, 9],
    ]
    assert work[["intervention_key", "programme_group", "kind", "target_group"]].notna().all(axis=None)
    assert (work["attained"] <= work["target"]).all()
    kelurahan = money["village_code"].str[9] == "1"
    assert not (kelurahan & (money["source"] == "village_fund")).any()


def test_a_list_holds_rows_that_say_nothing_was_given(dataset: Path) -> None:
    money = pd.read_parquet(dataset / "funding")
    assert (money["amount"] == 0).sum() > 10


def test_registers_agree_with_the_classification(dataset: Path, population: Population) -> None:
    table = pd.read_parquet(dataset / "village_indicators")
    wide = table.pivot_table(index="village_code", columns="indicator", values="value")
    assert wide["kampung_kb"].sum() == len(scores(population)) == 492
    years = [name for name in wide if str(name).startswith("kampung_kb_launched")]
    assert (wide[years].sum(axis=1) == wide["kampung_kb"]).all()
    groups = ["has_bkb", "has_bkr", "has_bkl", "has_uppka", "has_pik_r"]
    owned = wide[groups].sum(axis=1).loc[scores(population).index]
    limits = owned.groupby(scores(population)["score_input_poktan"]).agg(["min", "max"])
    assert limits.to_numpy().tolist() == [[0, 0], [1, 2], [3, 4], [5, 5]]
    assert (wide["data_houses_with_decree"] + wide["data_houses_without_decree"] == wide["data_houses"]).all()


@given(whole=st.integers(0, 400), percent=st.floats(0, 100), low=st.integers(0, 100))
def test_a_fitting_count_fits_or_none_does(whole: int, percent: float, low: int) -> None:
    found = fitting_count(whole, percent, lambda value: value >= low)
    possible = [part for part in range(whole + 1) if rounded_percent(part, whole) >= low]
    assert (found in possible) if possible else found is None


@given(
    values=st.tuples(*(st.integers(1, HIGHEST_SCORE[name]) for name in SCORES)),
    families=st.integers(60, 5000),
    couples=st.integers(60, 3000),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=40, deadline=None)
def test_couples_are_users_and_non_users_whatever_the_scores(
    values: tuple[int, ...], families: int, couples: int, seed: int
) -> None:
    drawn = dict(zip(SCORES, values, strict=True))
    counts = draw_counts(drawn, families=families, couples=couples, random=np.random.default_rng(seed))
    if set(values) == {1}:
        assert counts == {"Jumlah Sumber Dana": 1, "Regulasi Jumlah": 1}
        return
    users = ("IUD", "MOW", "MOP", "Kondom", "Implan", "Suntik", "Pil")
    parts = (*users, "Hamil", "Anak Segera", "Anak Kemudian", "Tidak Ingin Anak")
    assert sum(counts[name] or 0 for name in parts) == couples
    assert 0 not in counts.values()
