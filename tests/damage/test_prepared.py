"""Damage that readers hand on as it stands is settled while the dataset is made: one number a village, and a word."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kbkit.prepare import PrepareReport, prepare_dataset
from tests.damage import kinds as kinds
from tests.damage.damage import KINDS
from tests.damage.specimen import Specimen

NUMBERS = {
    "classification": ("tiers", "score_input_pokja"),
    "verval_krs": ("families", "families"),
    "eppgbm": ("stunting", "children_measured"),
    "unmet_need": ("village_indicators", "value"),
}


Prepared = tuple[dict[tuple[object, ...], object], PrepareReport]


@pytest.fixture(scope="module")
def prepared_sound(specimens: tuple[Specimen, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Prepared]:
    """What the dataset holds of each undamaged file, by layout."""
    prepared = {}
    for layout in NUMBERS:
        specimen = next(specimen for specimen in specimens if specimen.layout == layout)
        folder = tmp_path_factory.mktemp("utuh")
        (folder / "ekspor").mkdir()
        specimen.write(folder / "ekspor", specimen.content())
        prepared[layout] = _prepared(folder, *NUMBERS[layout])
    return prepared


def _prepared(folder: Path, table: str, number: str) -> Prepared:
    report = prepare_dataset(sources=[folder / "ekspor"], out=folder / "D")
    frame = pd.read_parquet(folder / "D" / table)
    keys = [name for name in ("village_code", "indicator") if name in frame]
    rows = {tuple(row[name] for name in keys): row[number] for row in frame.to_dict("records")}
    assert len(rows) == len(frame)
    return rows, report


@pytest.mark.parametrize("kind", ["row_doubled", "village_twice_with_other_numbers", "second_sheet_with_older_copy"])
@pytest.mark.parametrize("layout", NUMBERS)
def test_a_village_keeps_its_number_or_is_refused(
    specimens: tuple[Specimen, ...], prepared_sound: dict[str, Prepared], tmp_path: Path, layout: str, kind: str
) -> None:
    specimen = next(specimen for specimen in specimens if specimen.layout == layout)
    (tmp_path / "ekspor").mkdir()
    assert KINDS[kind].apply(specimen, tmp_path / "ekspor")
    sound, quiet = prepared_sound[layout]
    damaged, told = _prepared(tmp_path, *NUMBERS[layout])
    words = {issue.code for issue in told.issues} - {issue.code for issue in quiet.issues}
    # A village may have two Kampung KB: the higher one stands for it, and an issue says that there are two.
    assert damaged.items() <= sound.items() or "quality.several_kampung_kb" in words
    lost = sum(count.unmatched + count.refused for count in told.layouts)
    assert damaged == sound or lost
    assert words or lost
