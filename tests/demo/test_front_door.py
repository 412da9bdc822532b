"""The exports go through ``prepare`` like anyone's: what comes out is the truth but for the planted faults."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kbkit.demo import DEMO_TRUTH, DemoReport, FaultKind, Population
from kbkit.domain.tiers import SCORES
from kbkit.prepare import PrepareReport, prepare_dataset

KEYS = ["village_code", "period"]
COUNTS = ["children_target", "children_measured", "children_stunted", "children_severely_stunted"]


@pytest.fixture(scope="module")
def dataset(demo: DemoReport, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PrepareReport]:
    out = tmp_path_factory.mktemp("front door") / "dataset"
    return out, prepare_dataset(sources=[demo.exports], out=out)


def read(dataset: tuple[Path, PrepareReport], table: str) -> pd.DataFrame:
    return pd.read_parquet(dataset[0] / table)


def planted(demo: DemoReport, kind: FaultKind) -> set[tuple[str, str]]:
    """Return (village_code, period) of a kind of fault in the files of measurements, not in those of targets."""
    files = [fault for fault in demo.faults if fault.kind is kind and "eppgbm_desa" in fault.file]
    return {(fault.village_code, Path(fault.file).stem.rsplit("_", 1)[1]) for fault in files}


def keys(table: pd.DataFrame) -> set[tuple[str, str]]:
    return set(table[KEYS].itertuples(index=False, name=None))


def test_no_export_of_the_demo_lacks_its_total(dataset: tuple[Path, PrepareReport]) -> None:
    assert "quality.no_total" not in set(read(dataset, "issues")["code"])


def test_no_file_and_no_cell_is_refused(dataset: tuple[Path, PrepareReport], demo: DemoReport) -> None:
    assert dataset[1].files == len(demo.files)
    assert dataset[1].faults == ()


def test_every_tier_comes_back(dataset: tuple[Path, PrepareReport], population: Population) -> None:
    columns = ["village_code", "snapshot_date", "tier", *SCORES]
    found = read(dataset, "tiers")
    assert (found["tier"] == found["tier_recomputed"]).all()
    order = ["village_code", "snapshot_date"]
    pd.testing.assert_frame_equal(
        found[columns].sort_values(order, ignore_index=True),
        population.tiers[columns].sort_values(order, ignore_index=True),
        check_dtype=False,
    )


def test_two_kampung_kb_are_counted_and_duplicates_are_not(
    dataset: tuple[Path, PrepareReport], demo: DemoReport
) -> None:
    second = {fault.village_code for fault in demo.faults if fault.kind is FaultKind.SECOND_KAMPUNG_KB}
    found = read(dataset, "tiers")
    assert set(found.loc[found["kampung_kb_count"] > 1, "village_code"]) == second
    assert not found.duplicated(["village_code", "snapshot_date"]).any()


def test_stunting_comes_back_but_for_the_planted_faults(
    dataset: tuple[Path, PrepareReport], demo: DemoReport, population: Population
) -> None:
    found, truth = read(dataset, "stunting"), population.stunting
    missing, unmeasured = planted(demo, FaultKind.VILLAGE_MISSING), planted(demo, FaultKind.NOT_MEASURED)
    zero = planted(demo, FaultKind.TARGET_ZERO)
    lost = keys(truth) - keys(found) - missing
    assert keys(found) <= keys(truth) - missing
    joined = found.merge(truth, on=KEYS, suffixes=("", "_true"), validate="one_to_one")
    place = pd.Series(list(joined[KEYS].itertuples(index=False, name=None)))
    whole = joined[~place.isin(unmeasured | zero)]
    for count in COUNTS:
        assert (whole[count] == whole[f"{count}_true"]).all(), count
    dashes = joined[place.isin(unmeasured)]
    assert dashes["children_measured"].isna().all()
    assert dashes["children_stunted"].isna().all()
    assert (dashes["children_target"] == dashes["children_target_true"]).all()
    assert (joined.loc[place.isin(zero), COUNTS] == 0).all(axis=None)
    assert len(lost) < 0.01 * len(truth)


def test_what_is_not_matched_is_a_planted_fault_of_its_name_or_health_centre(
    dataset: tuple[Path, PrepareReport], demo: DemoReport, population: Population
) -> None:
    blamed = {FaultKind.NAME_MISSPELT, FaultKind.NAME_SPACED, FaultKind.OTHER_HEALTH_CENTRE}
    excused = {place for kind in blamed for place in planted(demo, kind)}
    lost = keys(population.stunting) - keys(read(dataset, "stunting")) - planted(demo, FaultKind.VILLAGE_MISSING)
    assert lost <= excused
    unmatched = read(dataset, "unmatched")
    assert len(lost) == (unmatched["layout"] == "eppgbm").sum() > 0


def test_covariates_and_surveys_come_back(dataset: tuple[Path, PrepareReport], population: Population) -> None:
    index = read(dataset, "village_index").merge(population.village_index, on="village_code", suffixes=("", "_true"))
    assert len(index) == len(population.village_index)
    assert (index["idm"] == index["idm_true"]).all()
    families = read(dataset, "families").merge(population.families, on="village_code", suffixes=("", "_true"))
    assert len(families) == len(population.families)
    for name in population.families.columns.drop("village_code"):
        assert (families[name] == families[f"{name}_true"]).all(), name
    surveys = read(dataset, "surveys")
    assert len(surveys) == 4 * len(DEMO_TRUTH.regencies)
    assert surveys["lower"].notna().all()
