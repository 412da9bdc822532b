"""Polygons with Kemendagri codes out of a GeoJSON file (RFC 7946) or a shapefile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kbkit.errors import Fault, InputError
from kbkit.geography import shapefiles

FloatArray = NDArray[np.float64]
Polygons = dict[str, list[FloatArray]]
"""Rings of every code; a ring is an array of longitude and latitude in degrees, shape ``(points, 2)``."""

_CODE: Final = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})(?:\.?(\d{4}))?")
"""Code of a village or a district, with or without its dots."""


def read_polygons(path: Path, *, regency: str) -> Polygons:
    """Return the rings of a regency's areas by code, from whichever property holds codes.

    Raises:
        InputError: the file cannot be read, holds no polygons with codes, or is not in degrees.
    """
    features = (shapefiles.read_shapefile if path.suffix.lower() in shapefiles.ENDINGS else _read_features)(path)
    name = _code_property(features)
    if name is None:
        raise _refuse(path, "geography.no_codes", found=", ".join(_properties(features))[:200])
    polygons: Polygons = {}
    for feature in features:
        code = _code(feature["properties"].get(name))
        if code is not None and code.startswith(f"{regency}."):
            polygons.setdefault(code, []).extend(_rings(feature.get("geometry")))
    if any(np.abs(ring).max(initial=0) > 180 for rings in polygons.values() for ring in rings):
        raise _refuse(path, "geography.not_degrees")
    return {code: rings for code, rings in sorted(polygons.items()) if rings}


def _read_features(path: Path) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(path.read_bytes())
        features = [item for item in content["features"] if isinstance(item["properties"], dict)]
    except OSError as error:
        raise _refuse(path, "geography.unreadable", found=error.strerror) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _refuse(path, "geography.not_geojson") from error
    if not features:
        raise _refuse(path, "geography.not_geojson")
    return features


def _refuse(path: Path, code: str, *, found: str | None = None) -> InputError:
    return InputError([Fault(code=code, file=str(path), found=found)])


def _properties(features: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted({str(name) for feature in features for name in feature["properties"]})


def _code_property(features: list[Mapping[str, Any]]) -> str | None:
    """Return the property that holds a code in most of the features; of two, the one with the longer codes."""
    found = []
    for name in _properties(features):
        codes = [code for feature in features if (code := _code(feature["properties"].get(name)))]
        if 2 * len(codes) > len(features):
            found.append((len(set(codes)), len(codes[0]), name))
    return max(found)[2] if found else None


def _code(value: Any) -> str | None:
    text = str(value).strip() if isinstance(value, str | int) else ""
    match = _CODE.fullmatch(text)
    return ".".join(part for part in match.groups() if part) if match else None


def _rings(geometry: Any) -> Iterator[FloatArray]:
    """Yield the open rings of polygons: outer ones anticlockwise, holes clockwise."""
    if not isinstance(geometry, dict):
        return
    if geometry.get("type") == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _rings(part)
    coordinates = geometry.get("coordinates", [])
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")), [])
    for place, ring in ((place, ring) for polygon in polygons for place, ring in enumerate(polygon)):
        points = np.array([point[:2] for point in ring], dtype=np.float64)
        if len(points) >= 4:
            opened = points[:-1] if (points[0] == points[-1]).all() else points
            yield opened if (_signed_area(opened) > 0) == (place == 0) else opened[::-1]


def _signed_area(ring: FloatArray) -> float:
    """Return twice the area of a ring, below 0 where it runs clockwise."""
    return float(ring[:, 0] @ np.roll(ring[:, 1], -1) - ring[:, 1] @ np.roll(ring[:, 0], -1))
