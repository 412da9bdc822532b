"""Features of a shapefile in the form of GeoJSON, so that one set of checks serves both."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kbkit.errors import Fault, InputError

ENDINGS: Final = (".shp", ".zip")
PARTS: Final = (".shp", ".dbf", ".prj", ".cpg")
"""Files of one shapefile that are read: shapes, attributes, coordinate system, encoding."""

EXTRA: Final = "kbkit[shapefile]"

_GEOGRAPHIC: Final = re.compile(r"^\s*GEOG(CS|CRS|RAPHICCRS)\b", re.IGNORECASE)
_LIKE_WGS84: Final = re.compile(r"WGS[ _]?(19)?84|SRGI[ _]?(20)?13|DGN[ _]?(19)?95", re.IGNORECASE)
"""WGS 84 and Indonesia's SRGI 2013 and DGN 1995 differ by less than a page can show."""


def read_shapefile(path: Path) -> list[Mapping[str, Any]]:
    """Return the features of a ``.shp`` with its neighbours, or of a ``.zip`` that holds one.

    Raises:
        InputError: the reader is not installed, the file cannot be read, or its coordinates are not in degrees of
            WGS 84 or a system as near to it.
    """
    try:
        import shapefile
    except ModuleNotFoundError as error:
        raise _refuse(path, "geography.no_shapefile_reader", allowed=EXTRA) from error
    parts = _read_parts(path)
    _check_system(path, parts.get(".prj", b"").decode("utf-8", errors="replace"))
    encoding = parts.get(".cpg", b"utf-8").decode("ascii", errors="replace").strip()
    try:
        with shapefile.Reader(
            shp=io.BytesIO(parts[".shp"]),
            dbf=io.BytesIO(parts[".dbf"]) if ".dbf" in parts else None,
            encoding=encoding,
            encodingErrors="replace",
        ) as reader:
            return [_feature(item) for item in reader.iterShapeRecords()]
    except (shapefile.ShapefileException, struct.error, LookupError, ValueError, OSError) as error:
        raise _refuse(path, "geography.not_shapefile") from error


def files_of(path: Path) -> Iterator[Path]:
    """Yield the file of boundaries itself and, of a shapefile, the files beside it that are read with it."""
    yield path
    if path.suffix.lower() == ".shp":
        yield from (other for other in sorted(_beside(path).values()) if other != path)


def _beside(path: Path) -> dict[str, Path]:
    named = (other for other in path.parent.iterdir() if other.stem == path.stem)
    return {other.suffix.lower(): other for other in sorted(named) if other.suffix.lower() in PARTS}


def _read_parts(path: Path) -> dict[str, bytes]:
    """Return the contents by ending; of an archive with several shapefiles, none can be meant."""
    try:
        if path.suffix.lower() != ".zip":
            return {ending: part.read_bytes() for ending, part in _beside(path).items()}
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if Path(name).suffix.lower() in PARTS]
            if sum(name.lower().endswith(".shp") for name in names) != 1:
                raise _refuse(path, "geography.not_one_shapefile")
            return {Path(name).suffix.lower(): archive.read(name) for name in names}
    except OSError as error:
        raise _refuse(path, "geography.unreadable", found=error.strerror) from error
    except zipfile.BadZipFile as error:
        raise _refuse(path, "geography.not_shapefile") from error


def _check_system(path: Path, text: str) -> None:
    """Refuse a projected system or another datum; where no system is stated, degrees are checked by the numbers."""
    if text.strip() and not (_GEOGRAPHIC.search(text) and _LIKE_WGS84.search(text)):
        name = re.search(r'"([^"]+)"', text)
        raise _refuse(path, "geography.another_system", found=name[1] if name else text.strip()[:60])


def _feature(item: Any) -> Mapping[str, Any]:
    return {
        "properties": {name: _attribute(value) for name, value in item.record.as_dict().items()},
        "geometry": item.shape.__geo_interface__ if item.shape.points else None,
    }


def _attribute(value: Any) -> Any:
    """Return an attribute; a code in a column of numbers without its point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _refuse(path: Path, code: str, *, found: str | None = None, allowed: str | None = None) -> InputError:
    return InputError([Fault(code=code, file=str(path), found=found, allowed=allowed)])
