"""An office's own list of types of data: read, or refused with every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbkit.domain.data_types import PLACEHOLDER
from kbkit.errors import InputError
from kbkit.ingest.data_types import KNOWN, read_data_types
from tests.ingest.writing import write_workbook


def test_every_source_of_the_placeholder_is_a_field() -> None:
    """Forty types, as offices speak of; their sources are columns and indicators that exist."""
    assert PLACEHOLDER.source == "placeholder"
    assert len(PLACEHOLDER.types) == len({item.name for item in PLACEHOLDER.types}) == 40
    assert {field for item in PLACEHOLDER.types for source in item.sources for field in source} <= KNOWN


def test_a_list_names_types_and_where_they_are(tmp_path: Path) -> None:
    rows = [
        ["Jenis data", "Sumber"],
        ["jumlah keluarga", ""],
        ["Air dan jamban", "families.water_unimproved + families.toilet_unimproved, village_index.idm"],
        ["Kearifan lokal", ""],
    ]
    types = read_data_types(write_workbook(tmp_path / "daftar.xlsx", rows))
    known = {item.name: item.sources for item in PLACEHOLDER.types}
    assert types.source == "office"
    assert [(item.name, item.sources) for item in types.types] == [
        ("jumlah keluarga", known["Jumlah keluarga"]),
        ("Air dan jamban", (("families.water_unimproved", "families.toilet_unimproved"), ("village_index.idm",))),
        ("Kearifan lokal", ()),
    ]


def test_every_unknown_source_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "daftar.csv").write_text("Jenis data;Sumber\nA;families.family\nB;entah.apa\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_data_types(tmp_path / "daftar.csv")
    assert [(fault.row, fault.found) for fault in caught.value.faults] == [(2, "families.family"), (3, "entah.apa")]
    assert caught.value.faults[0].nearest == "families.families"


@pytest.mark.parametrize("text", ["Nama;Alamat\nA;B\n", "Jenis data;Sumber\n;families.families\n"])
def test_a_table_without_types_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "daftar.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_data_types(tmp_path / "daftar.csv")
    assert [fault.code for fault in caught.value.faults] == ["ingest.no_data_types"]
