"""Folders and files that a batch names: are they there, and are they what they should be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kbkit.dataset.metadata import FILE_NAME, read_metadata
from kbkit.errors import DatasetError, Fault
from kbkit.parameters.nearest import nearest_path
from kbkit.parameters.notebook import declared_names
from kbkit.parameters.report import RegencyReportParameters
from kbkit.parameters.source import Entry

LOGO_TYPES: Final[Mapping[str, bytes]] = {
    ".png": b"\x89PNG\r\n",
    ".svg": b"<svg",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
"""Ending of a logo's file -> what such a file has near its beginning."""

MOST_LOGO_BYTES: Final = 500_000
"""The logo stands in every document of every regency."""


def known_regencies(entry: Entry | None, folder: Any) -> tuple[Mapping[str, str] | None, list[Fault]]:
    """Return code and name of the dataset's regencies, none where it cannot be read, and what is wrong with it."""
    if entry is None or not isinstance(folder, Path):
        return None, []
    if not folder.is_dir():
        return None, [_fault("parameters.no_such_folder", entry, folder, allowed=FILE_NAME)]
    try:
        return read_metadata(folder).regencies, []
    except DatasetError as error:
        if any(fault.code == "dataset.not_a_dataset" for fault in error.faults):
            return None, [_fault("parameters.not_a_dataset", entry, folder, allowed=FILE_NAME)]
        return None, list(error.faults)


def check_notebook(entry: Entry | None, path: Any) -> list[Fault]:
    """Return what is wrong with the notebook: it must be there and take every parameter of a regency's report."""
    if not isinstance(path, Path):
        return []
    if not path.is_file():
        return [_fault("parameters.no_such_notebook", entry, path, allowed=".ipynb")]
    declared = declared_names(path)
    if declared is None:
        return [_fault("parameters.not_a_notebook", entry, path, allowed="parameters")]
    missing = [name for name in RegencyReportParameters.model_fields if name not in declared]
    if missing:
        return [_fault("parameters.notebook_lacks", entry, path, allowed=", ".join(missing))]
    return []


def check_out(entry: Entry | None, folder: Any) -> list[Fault]:
    """Return what is wrong with the folder for outputs: it need not exist, but no file may stand in its way."""
    if not isinstance(folder, Path):
        return []
    blocking = [place for place in (folder, *folder.parents) if place.is_file()]
    return [_fault("parameters.file_in_the_way", entry, folder, allowed=blocking[0].name)] if blocking else []


def check_boundaries(entry: Entry | None, path: Any) -> list[Fault]:
    """Return what is wrong with the boundaries: where they are named, the file or folder must be there."""
    if not isinstance(path, Path) or path.exists():
        return []
    return [_fault("geography.no_such_file", entry, path, allowed=".geojson, .shp, .zip")]


def check_logo(entry: Entry | None, path: Any) -> list[Fault]:
    """Return what is wrong with the logo: where one is named, it must be a picture that every document can hold."""
    if not isinstance(path, Path):
        return []
    if not path.is_file():
        return [_fault("parameters.no_such_logo", entry, path, allowed=", ".join(LOGO_TYPES))]
    start = path.read_bytes()[: MOST_LOGO_BYTES + 1]
    mark = LOGO_TYPES.get(path.suffix.lower())
    if mark is None or mark not in start[:1000] or len(start) > MOST_LOGO_BYTES:
        return [_fault("parameters.not_a_logo", entry, path, allowed=", ".join(LOGO_TYPES))]
    return []


def _fault(code: str, entry: Entry | None, path: Path, *, allowed: str) -> Fault:
    """Return a fault of a path, as the author wrote it; a default path has no author and is shown whole."""
    nearest = None if path.exists() else nearest_path(path)
    if entry is None:
        near = None if nearest is None else str(nearest)
        return Fault(code=code, file=str(path), found=path.name, allowed=allowed, nearest=near)
    return Fault(
        code=code,
        file=entry.file,
        line=entry.line,
        column=entry.column,
        found=entry.written,
        allowed=allowed,
        nearest=None if nearest is None else _as_written(nearest, path, entry.written),
    )


def _as_written(nearest: Path, path: Path, written: str) -> str:
    """Return a neighbouring path in the author's own manner, relative where his was."""
    start = written.strip("\"'")
    depth = len(Path(start).parts)
    if Path(start).is_absolute() or len(nearest.parts) != len(path.parts):
        return str(nearest)
    changed = nearest.parts[-depth:]
    kept = Path(start).parts
    return Path(*(old if old in ("..", ".") else new for old, new in zip(kept, changed, strict=False))).as_posix()
