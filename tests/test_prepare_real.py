"""Everything real by one ``prepare``: the totals that are known of the files, and the fate of every file."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from kbkit.dataset import read_regency
from kbkit.prepare import PrepareReport, prepare_dataset

pytestmark = [pytest.mark.real, pytest.mark.slow]

TODAY = dt.date(2026, 1, 1)
"""Later than every export, so that no day of running changes what is read."""


@pytest.fixture(scope="module")
def prepared(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> PrepareReport:
    return prepare_dataset(sources=[real_data], out=tmp_path_factory.mktemp("real") / "D", today=TODAY)


def table(report: PrepareReport, name: str) -> pd.DataFrame:
    return pd.read_parquet(report.dataset / name)


def test_every_file_has_a_fate(prepared: PrepareReport, real_data: Path) -> None:
    metadata = json.loads((prepared.dataset / "dataset.json").read_text(encoding="utf-8"))
    told = {source["file"] for source in metadata["sources"]}
    assert told == {f"data/{file.relative_to(real_data).as_posix()}" for file in real_data.rglob("*") if file.is_file()}
    for source in prepared.metadata.sources:
        assert source.rows_read == source.rows_kept + sum(refusal.rows for refusal in source.refused)
    for count in prepared.layouts:
        assert count.read == count.kept + count.unmatched + count.outside + count.refused


def test_known_totals_hold(prepared: PrepareReport) -> None:
    """Rows and totals that the files print or that were counted in them with pandas."""
    read = {count.layout: count.read for count in prepared.layouts}
    assert read["classification"] == 16_792 + 311 + 14
    assert (read["profile"], read["eppgbm"], read["surveys"], read["idm"]) == (24_912, 63, 127, 75_265)
    assert (read["verval_krs"], read["kampung_kb_register"], read["data_house_register"]) == (648, 648, 648)
    assert (prepared.tiers_recomputed, prepared.tiers_confirmed) == (17_117, 17_117)
    data = read_regency(prepared.dataset, regency="76.01")
    assert data.stunting["village_code"].nunique() == len(data.stunting) == 63
    sums = data.stunting[["children_target", "children_measured", "children_stunted"]].sum().tolist()
    assert sums == [14_961, 10_832, 2_342]


def test_nearly_every_kampung_kb_has_its_code(prepared: PrepareReport) -> None:
    tiers = next(count for count in prepared.layouts if count.layout == "classification")
    assert tiers.matched / tiers.read >= 0.995
    assert (table(prepared, "unmatched")["layout"] == "classification").sum() == tiers.unmatched


def test_impossible_values_are_listed_and_enter_no_score(prepared: PrepareReport) -> None:
    """Counted in the file: 27 populations above 300,000, the largest 8,848,452,391; and twenty-nine negative counts."""
    issues = table(prepared, "issues")
    absurd = issues[issues["code"] == "quality.profile_above_any_village"]
    assert "8848452391" in set(absurd["found"])
    assert (absurd["source_column"] == "PENDUDUK").sum() == 27
    assert (issues["code"] == "quality.profile_negative").sum() == 29
    scores = prepared.metadata.profile_scores
    assert scores is not None
    assert scores.records == len(table(prepared, "profiles"))
    assert 0 < scores.records_impossible < 1_000
    assert scores.scores_withheld > 0


def test_the_profile_is_held_against_the_nearest_classification(prepared: PrepareReport) -> None:
    """Half a year to a year apart: four of five scores are the same, more where less time lies between (Riau)."""
    scores = prepared.metadata.profile_scores
    assert scores is not None
    pairs = {pair.classification_date: pair for pair in scores.comparisons}
    assert {day: pair.days for day, pair in pairs.items()} == {"2022-06-13": 364, "2022-11-15": 209, "2022-12-02": 192}
    national, riau = pairs["2022-06-13"], pairs["2022-11-15"]
    assert 0.78 < national.agreed / national.compared < 0.85
    assert national.agreed / national.compared < riau.agreed / riau.compared
    for share in national.shares:
        assert share.agreed / share.compared > 0.7, share.score
    page = (prepared.dataset / "quality.html").read_text(encoding="utf-8")
    assert "terpaut 364 hari" in page
    assert "pengganti sementara" in page


def test_copied_months_are_told(prepared: PrepareReport) -> None:
    """In the registers of Sulawesi Barat February repeats January, and April to August repeat March."""
    issues = table(prepared, "issues")
    copied = issues[issues["code"] == "quality.month_carried_forward"]
    assert set(copied["regency_code"].astype(str)) == {f"76.0{number}" for number in range(1, 7)}
    assert set(copied["found"]) == {"XXXX-02, XXXX-04, XXXX-05, XXXX-06, XXXX-07, XXXX-08"}
    assert not issues["code"].eq("quality.cumulative_series").any()
