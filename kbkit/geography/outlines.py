"""``read_outlines``: a regency's boundaries, projected, simplified, on a grid."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import numpy as np

from kbkit.errors import Fault, InputError
from kbkit.geography import shapefiles
from kbkit.geography.geojson import FloatArray, Polygons, read_polygons
from kbkit.geography.simplification import Ring, simplify_rings
from kbkit.results.geography import Level, Outline, Outlines

ENDINGS: Final = (".geojson", ".json", *shapefiles.ENDINGS)

DEGREE_KM: Final = 111.195
"""Kilometres to a degree on a sphere of 6,371 km."""

UNITS_PER_AREA: Final = 100
"""Units of the grid to the side of a square as large as the median area: finer than a page can show."""

TOLERANCE: Final = 7.0
"""Units that a border may move: a fourteenth of an area's side, under a point on a page with 300 villages."""


def read_outlines(boundaries: str | Path, *, regency: str) -> Outlines | None:
    """Read the boundaries of a regency.

    Args:
        boundaries: a GeoJSON file or shapefile of any extent, or a folder with one for each regency, its code in
            the name (``desa_33.16.geojson``); empty for none.
        regency: Kemendagri code.

    Returns:
        The outlines in an equirectangular projection at the regency's middle latitude: true to a part in a thousand
        for an area of 250 km near the equator. ``None`` where no boundaries are given, or none of this regency.

    Raises:
        InputError: the path leads nowhere, or the file is not what it should be.
    """
    if not str(boundaries):
        return None
    file = boundary_file(Path(boundaries), regency=regency)
    polygons = read_polygons(file, regency=regency) if file else {}
    if file is None or not polygons:
        return None
    return _outline(polygons, file.name)


def boundary_file(path: Path, *, regency: str) -> Path | None:
    """Return the file with a regency's boundaries: the path itself, or the one in its folder that names the regency.

    Raises:
        InputError: the path leads nowhere.
    """
    if not path.exists():
        raise InputError([Fault(code="geography.no_such_file", file=str(path))])
    if path.is_file():
        return path
    code = re.compile(rf"(?<!\d){regency[:2]}\.?{regency[3:]}(?!\d)")
    candidates = [file for file in sorted(path.iterdir()) if file.suffix.lower() in ENDINGS]
    return next((file for file in candidates if code.search(file.stem)), None)


def _outline(polygons: Polygons, file: str) -> Outlines:
    """Project and simplify. Where a file holds villages and districts, the villages are taken."""
    longest = max(len(code) for code in polygons)
    level: Level = "district" if longest == len("33.16.01") else "village"
    chosen = {code: rings for code, rings in polygons.items() if len(code) == longest}
    projected = _project(chosen)
    unit = max(np.median([_area(rings) for rings in projected.values()]) ** 0.5 / UNITS_PER_AREA, 1e-6)
    rings = [(code, _on_grid(ring / unit)) for code, rings in projected.items() for ring in rings]
    rings = [(code, ring) for code, ring in rings if len(ring) >= 3]
    simplified = simplify_rings([ring for _, ring in rings], tolerance=TOLERANCE)
    found: dict[str, list[str]] = {code: [] for code in chosen}
    for (code, _), ring in zip(rings, simplified, strict=True):
        if ring:
            found[code].append(" ".join(f"{x} {y}" for x, y in ring))
    areas = tuple(Outline(code=code, rings=tuple(texts)) for code, texts in found.items() if texts)
    return Outlines(file=file, level=level, unit_km=float(unit), areas=areas)


def _project(polygons: Polygons) -> Polygons:
    """Return kilometres east and north of the south-western corner."""
    points = np.concatenate([ring for rings in polygons.values() for ring in rings])
    corner, far = points.min(axis=0), points.max(axis=0)
    scale = DEGREE_KM * np.array([np.cos(np.radians((corner[1] + far[1]) / 2)), 1.0])
    return {code: [(ring - corner) * scale for ring in rings] for code, rings in polygons.items()}


def _area(rings: list[FloatArray]) -> float:
    """Return the area of the largest ring."""
    return max(
        abs(float(ring[:, 0] @ np.roll(ring[:, 1], -1) - ring[:, 1] @ np.roll(ring[:, 0], -1))) / 2 for ring in rings
    )


def _on_grid(ring: FloatArray) -> Ring:
    """Return whole points, none twice in a row."""
    whole = np.rint(ring).astype(int)
    changed = (whole != np.roll(whole, 1, axis=0)).any(axis=1)
    return [(int(x), int(y)) for x, y in whole[changed]]
