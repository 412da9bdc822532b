"""Shapefiles: the same outlines as from GeoJSON, and refused in one sentence where they are not what they should be."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapefile

from kbkit.errors import InputError
from kbkit.geography import files_of, read_outlines
from kbkit.results.geography import Outline
from kbkit.text import LANGUAGES, describe_fault
from tests.geography.test_outlines import SQUARE, feature, write

WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
UTM = f'PROJCS["WGS_1984_UTM_Zone_49S",{WGS84},PROJECTION["Transverse_Mercator"],UNIT["Meter",1.0]]'
JAKARTA = 'GEOGCS["Batavia (Jakarta)",DATUM["Batavia",SPHEROID["Bessel 1841",6377397.155,299.1528128]]]'
HOLE = [[111.02, -6.98], [111.05, -6.98], [111.05, -6.95], [111.02, -6.95], [111.02, -6.98]]


def save(folder: Path, *codes: Any, system: str | None = WGS84, numbers: bool = False, name: str = "desa") -> Path:
    """Write squares from west to east, the first with a hole."""
    with shapefile.Writer(str(folder / name), encoding="latin-1") as writer:
        writer.field("kd", "N" if numbers else "C", size=20, decimal=3 if numbers else 0)
        writer.field("nama", "C", size=20)
        for place, code in enumerate(codes):
            square = [[x + place / 10, y] for x, y in SQUARE]
            # Outer rings of a shapefile run clockwise.
            writer.poly([square[::-1], *([HOLE] if not place else [])])
            writer.record(code, "Désa")
    (folder / f"{name}.cpg").write_text("latin-1", encoding="ascii")
    if system is not None:
        (folder / f"{name}.prj").write_text(system, encoding="ascii")
    return folder / f"{name}.shp"


def zipped(path: Path, *names: str) -> Path:
    archive = path.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as file:
        for part in sorted(path.parent.glob(f"{path.stem}.*")):
            if part.suffix != ".zip":
                for name in names or ("batas",):
                    file.write(part, f"data/{name}{part.suffix}")
    return archive


def points(area: Outline) -> list[set[tuple[str, str]]]:
    """Return the points of each ring, wherever it begins."""
    return [set(zip(ring.split()[::2], ring.split()[1::2], strict=True)) for ring in area.rings]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("numbers", [False, True])
def test_a_shapefile_gives_the_outlines_of_its_geojson(tmp_path: Path, numbers: bool, packed: bool) -> None:
    codes = (3316012001, 3316012002) if numbers else ("33.16.01.2001", "33.16.01.2002")
    path = save(tmp_path, *codes, numbers=numbers)
    found = read_outlines(zipped(path) if packed else path, regency="33.16")
    first = feature(str(codes[0]))
    first["geometry"]["coordinates"].append(HOLE)
    same = read_outlines(write(tmp_path, first, feature(str(codes[1]), shift=0.1)), regency="33.16")
    assert found is not None
    assert same is not None
    assert found.unit_km == pytest.approx(same.unit_km)
    assert [(area.code, points(area)) for area in found.areas] == [(area.code, points(area)) for area in same.areas]
    assert len(found.areas[0].rings) == 2


@pytest.mark.parametrize(
    "system", [None, "", 'GEOGCRS["SRGI2013",DATUM["SRGI2013"]]', 'GEOGCS["DGN95",DATUM["DGN95"]]']
)
def test_systems_that_no_page_can_tell_from_wgs84(tmp_path: Path, system: str | None) -> None:
    assert read_outlines(save(tmp_path, "33.16.01.2001", system=system), regency="33.16") is not None


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(InputError) as raised:
        read_outlines(path, regency="33.16")
    (fault,) = raised.value.faults
    return fault.code, "\n".join(describe_fault(fault, language=language) for language in LANGUAGES)


@pytest.mark.parametrize("system", [UTM, JAKARTA])
def test_another_system_is_told_how_to_be_exported(tmp_path: Path, system: str) -> None:
    code, text = refusal(save(tmp_path, "33.16.01.2001", system=system))
    assert code == "geography.another_system"
    assert text.count("EPSG:4326") == 2
    assert system.split('"')[1] in text


def test_metres_without_a_system_are_found_by_their_numbers(tmp_path: Path) -> None:
    path = save(tmp_path, "33.16.01.2001", system=None)
    with shapefile.Writer(str(path.with_suffix("")), shapeType=shapefile.POLYGON) as writer:
        writer.field("kd", "C", size=20)
        writer.poly([[[500000 + 1000 * x, 9000000 + 1000 * y] for x, y in SQUARE]])
        writer.record("33.16.01.2001")
    assert refusal(path)[0] == "geography.not_degrees"


def test_damaged_and_incomplete_files(tmp_path: Path) -> None:
    path = save(tmp_path, "33.16.01.2001")
    assert refusal(zipped(path, "a", "b"))[0] == "geography.not_one_shapefile"
    path.with_suffix(".zip").write_bytes(b"PK no more")
    assert refusal(path.with_suffix(".zip"))[0] == "geography.not_shapefile"
    path.with_suffix(".dbf").unlink()
    assert refusal(path)[0] in ("geography.no_codes", "geography.not_shapefile")
    path.write_bytes(path.read_bytes()[:60])
    assert refusal(path)[0] == "geography.not_shapefile"


def test_without_the_extra_one_sentence_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path, "33.16.01.2001")
    monkeypatch.setitem(sys.modules, "shapefile", None)
    code, text = refusal(path)
    assert code == "geography.no_shapefile_reader"
    assert "kbkit[shapefile]" in text
    assert "GeoJSON" in text


def test_what_stands_beside_a_shapefile_is_part_of_it(tmp_path: Path) -> None:
    path = save(tmp_path, "33.16.01.2001")
    assert [part.suffix for part in files_of(path)] == [".shp", ".cpg", ".dbf", ".prj"]
    assert list(files_of(tmp_path / "a.geojson")) == [tmp_path / "a.geojson"]
