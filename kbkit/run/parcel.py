"""What travels between a batch and the machines of a cluster: files in a ZIP archive, at the places that they have.

Inputs keep their whole path, below a folder that stands for the root of the batch's machine: a path relative to the
report leads to the same file there, and its text is the same.
"""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_LEVEL: Final = 1
"""Of zlib: the levels above it take several times as long for a tenth less."""


def pack(files: Iterable[tuple[str, Path]]) -> bytes:
    """Return an archive of files and empty folders.

    Args:
        files: name in the archive and path. What is not there is left out: whoever misses it says so.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, path in files:
            if path.is_dir():
                archive.mkdir(name)
                continue
            with contextlib.suppress(FileNotFoundError):
                archive.writestr(name, path.read_bytes())
    return buffer.getvalue()


def pack_inputs(paths: Iterable[Path]) -> bytes:
    """Return an archive of files and empty folders by their whole paths."""
    return pack((below_root(path).as_posix(), path) for path in paths)


def unpack(archive: bytes, folder: Path) -> None:
    """Write the files of an archive into a folder, in the order in which they were packed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(folder)


def below_root(path: Path) -> Path:
    """Return the whole path of a file as one below a folder that stands for the root."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - as relative_path sees it: no "..", and no link followed
    return absolute.relative_to(absolute.anchor)
