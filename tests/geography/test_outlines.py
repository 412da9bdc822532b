"""Boundaries: codes found by content, neighbours without gaps, real regencies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.errors import InputError
from kbkit.geography import boundary_file, read_outlines
from kbkit.geography.simplification import simplify_rings

SQUARE = [[111.0, -7.0], [111.1, -7.0], [111.1, -6.9], [111.0, -6.9], [111.0, -7.0]]


def feature(code: Any, *, ring: list[list[float]] = SQUARE, name: str = "kd", shift: float = 0.0) -> dict[str, Any]:
    moved = [[x + shift, y] for x, y in ring]
    return {
        "type": "Feature",
        "properties": {"id": 7, name: code, "nama": "Contoh"},
        "geometry": {"type": "Polygon", "coordinates": [moved]},
    }


def write(folder: Path, *features: dict[str, Any], name: str = "a.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


@pytest.mark.parametrize("codes", [("33.16.01.2001", "33.16.01.2002"), ("3316012001", "3316012002")])
def test_codes_are_found_whatever_the_property_is_called(tmp_path: Path, codes: tuple[str, str]) -> None:
    path = write(tmp_path, feature(codes[0]), feature(codes[1], shift=0.1), feature("1406012001", shift=0.3))
    outlines = read_outlines(path, regency="33.16")
    assert outlines is not None
    assert outlines.level == "village"
    assert [area.code for area in outlines.areas] == ["33.16.01.2001", "33.16.01.2002"]
    sides = np.ptp(np.array(outlines.areas[0].rings[0].split(), dtype=float).reshape(-1, 2), axis=0)
    # 0.1 degree is 11.12 km north, and 11.12 km * cos(6.95 degrees) = 11.04 km east.
    assert sides * outlines.unit_km == pytest.approx([11.04, 11.12], abs=0.06)


def test_districts_are_taken_where_there_are_no_villages(tmp_path: Path) -> None:
    outlines = read_outlines(write(tmp_path, feature("33.16.01"), feature("33.16.02", shift=0.1)), regency="33.16")
    assert outlines is not None
    assert outlines.level == "district"


def test_holes_run_the_other_way_round(tmp_path: Path) -> None:
    hole = [[111.02, -6.98], [111.05, -6.98], [111.05, -6.95], [111.02, -6.95], [111.02, -6.98]]
    with_hole = feature("33.16.01.2001")
    with_hole["geometry"]["coordinates"] = [SQUARE[::-1], hole]
    outlines = read_outlines(write(tmp_path, with_hole), regency="33.16")
    assert outlines is not None
    rings = [np.array(ring.split(), dtype=float).reshape(-1, 2) for ring in outlines.areas[0].rings]
    turns = [float(r[:, 0] @ np.roll(r[:, 1], -1) - r[:, 1] @ np.roll(r[:, 0], -1)) for r in rings]
    assert turns[0] > 0 > turns[1]


def test_a_folder_is_searched_for_the_regency(tmp_path: Path) -> None:
    write(tmp_path, feature("33.16.01.2001"), name="desa_33.16.geojson")
    write(tmp_path, feature("14.06.01.2001"), name="desa_1406_2023.json")
    assert boundary_file(tmp_path, regency="33.16") == tmp_path / "desa_33.16.geojson"
    assert boundary_file(tmp_path, regency="14.06") == tmp_path / "desa_1406_2023.json"
    assert read_outlines(tmp_path, regency="21.05") is None
    assert read_outlines("", regency="33.16") is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("PK", "geography.not_geojson"),
        ("[]", "geography.not_geojson"),
        ('{"features": []}', "geography.not_geojson"),
        (json.dumps({"features": [feature("Desa Satu")]}), "geography.no_codes"),
        (json.dumps({"features": [feature("33.16.01.2001", shift=500000.0)]}), "geography.not_degrees"),
    ],
)
def test_what_is_no_boundary_is_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_outlines(path, regency="33.16")
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_outlines(tmp_path / "tidak ada", regency="33.16")
    assert [fault.code for fault in caught.value.faults] == ["geography.no_such_file"]


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=30), st.integers(0, 60), st.booleans())
def test_neighbours_keep_one_border(wiggle: list[int], turn: int, backwards: bool) -> None:
    """Two areas on either side of a wiggly border share it point by point, wherever and however their rings run."""
    border = [(50 + step, 10 + 10 * place) for place, step in enumerate(wiggle)]
    top = border[-1][1] + 10
    ends = [(50, 0), *border, (50, top)]
    left = [*ends, (0, top), (0, 0)]
    right = [*ends[::-1], (100, 0), (100, top)]
    right = right[turn % len(right) :] + right[: turn % len(right)]
    first, second = simplify_rings([left, right[::-1] if backwards else right], tolerance=3.0)
    shared = set(first) & set(second)
    assert {point for point in first if 0 < point[0] < 100} == shared
    assert {point for point in second if 0 < point[0] < 100} == shared
    assert {(50, 0), (50, top)} <= shared


def test_an_island_keeps_its_shape_and_a_speck_goes() -> None:
    island = [(0, 0), (10, 0), (20, 0), (20, 20), (10, 20), (0, 20)]
    speck = [(100, 100), (101, 100), (101, 101)]
    kept, gone = simplify_rings([island, speck], tolerance=5.0)
    assert set(kept) == {(0, 0), (20, 0), (20, 20), (0, 20)}
    assert gone == []


@pytest.mark.real
@pytest.mark.parametrize(
    ("code", "villages"), [("33.16", 295), ("14.71", 83), ("13.77", 71), ("14.06", 145), ("21.05", 54), ("76.01", 63)]
)
def test_real_boundaries(real_data: Path, code: str, villages: int) -> None:
    outlines = read_outlines(real_data / "batas", regency=code)
    assert outlines is not None
    assert len(outlines.areas) == villages
    assert sum(len(ring) for area in outlines.areas for ring in area.rings) < 100_000
