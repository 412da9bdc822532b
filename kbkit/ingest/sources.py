"""Which files a person means who names files and folders: each once, under the name that messages use."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kbkit.errors import Fault
from kbkit.ingest.mapping import SUFFIX

_SYSTEM_FILES: Final = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file to read.

    Attributes:
        path: where it is.
        label: how messages and tables name it: its name, under the folder that was given.
        named: whether the caller named the file itself, and not a folder that holds it.
    """

    path: Path
    label: str
    named: bool


def list_sources(paths: Sequence[Path]) -> tuple[tuple[SourceFile, ...], tuple[Fault, ...]]:
    """Return every file of the given files and folders, each once, sorted by its label."""
    found: dict[Path, SourceFile] = {}
    faults: list[Fault] = []
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                label = _printable(Path(path.resolve().name, file.relative_to(path)).as_posix())
                found.setdefault(_real(file), SourceFile(path=file, label=label, named=False))
        elif path.is_file():
            found[_real(path)] = SourceFile(path=path, label=_printable(path.name), named=True)
        else:
            faults.append(Fault(code="ingest.no_such_source", file=str(path)))
    return tuple(sorted(found.values(), key=lambda source: (source.label, str(source.path)))), tuple(faults)


def _real(path: Path) -> Path:
    """Return where a path leads; a link to itself leads to itself, where ``Path.resolve`` raises."""
    return Path(os.path.realpath(path))


def _printable(label: str) -> str:
    """Return a name without line breaks and bytes of no encoding, which no message and no table can hold."""
    return label if label.isprintable() else "".join(sign if sign.isprintable() else "�" for sign in label)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.casefold() not in _SYSTEM_FILES and not name.endswith(SUFFIX):
                yield Path(parent, name)
