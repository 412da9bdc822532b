"""What a report is made from, part by part, as hashes and versions: a report is made anew only where one has changed.

The parts are kept in the folder of the report (:mod:`kbkit.run.record`), so that a person can ask why it is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import platform
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Final

from kbkit.dataset.metadata import Metadata
from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.run.job import Job

Parts = Mapping[str, Mapping[str, str]]
"""Part (``data``, ``parameters`` ...) -> member of it -> hash, version or value."""

_SOURCE: Final = "source "
_OF_THE_WHOLE_FILE: Final = {"sha256", "rows_read", "rows_kept", "refused"}

PARTS: Final = ("data", "parameters", "notebook", "code", "packages", "fonts")
"""In the order in which a person would look for what has changed."""


def fingerprint(job: Job, *, data: Mapping[str, str]) -> Parts:
    """Return the parts of a job.

    Args:
        job: the job; its own ``parts`` are not read.
        data: the members of the part ``data``.
    """
    return {
        "data": data,
        "parameters": _parameters(job),
        "notebook": {job.notebook.name: file_hash(job.notebook)},
        **program(),
    }


def program() -> Parts:
    """Return the parts that are the same for every report that this Python makes."""
    return {"code": _code(), "packages": packages(), "fonts": _fonts()}


def regency_data(dataset: Path, *, code: str, metadata: Metadata, before: Mapping[str, str]) -> dict[str, str]:
    """Return a hash for the regency's partition of every table, for each of their sources, and for the rest.

    A source that gave no row to the regency is left out, and so is what a shared source says of all its regencies
    together: neither a neighbour's new export nor a neighbour's row that is mended touches this report.

    Args:
        dataset: its folder.
        code: of the regency.
        metadata: of the dataset.
        before: the same of an earlier build, empty for none. Equal partitions have equal sources, so that they need
            not be read for the names.
    """
    places = {table: dataset / table / f"{PARTITION}={code}" for table in TABLES}
    files = {table: sorted(place.glob("*.parquet")) for table, place in places.items() if place.is_dir()}
    hashes = {table: _hash("".join(file_hash(path) for path in paths)) for table, paths in files.items()}
    if hashes == {name: value for name, value in before.items() if name in TABLES}:
        used = {name.removeprefix(_SOURCE) for name in before if name.startswith(_SOURCE)}
    else:
        used = {name for paths in files.values() for path in paths for name in _sources(path)}
    for source in metadata.sources:
        if source.file in used:
            name = f"{_SOURCE}{source.file}"
            hashes[name] = _hash(hashes.get(name, "") + source.model_dump_json(exclude=_OF_THE_WHOLE_FILE))
    return hashes | {"dataset.json": _hash(json.dumps(_about(code, metadata), sort_keys=True))}


def _about(code: str, metadata: Metadata) -> list[Any]:
    """Return what a regency's report says of the whole dataset: not what the dataset counts over its neighbours."""
    house = metadata.data_house
    own = house and [
        house.list_source,
        len(house.types),
        [item.model_dump() for item in house.regencies if item.code == code],
    ]
    counted = {"tables", "regencies", "provinces", "sources", "profile_scores", "data_house"}
    return [metadata.regencies.get(code), own, metadata.model_dump(mode="json", exclude=counted)]


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packages() -> dict[str, str]:
    """Return the version of Python, of the system, of kbkit, and of every package that it rests on."""
    return {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}", **_installed()}


def _parameters(job: Job) -> dict[str, str]:
    """Return the values that are not secret, and of secret ones a hash."""
    values = {name: json.dumps(value, ensure_ascii=False) for name, value in job.parameters.items()}
    hidden = {name: _hash(value) if name in job.secret else value for name, value in values.items()}
    return hidden | {"formats": ", ".join(job.formats)}


def _sources(path: Path) -> frozenset[str]:
    """Return the files that the rows of a partition came from."""
    import pandas as pd  # where nothing has changed nobody waits for it

    try:
        return frozenset(pd.read_parquet(path, columns=["source_file"], partitioning=None)["source_file"].dropna())
    # A table without that column, or a file that is no Parquet: its hash says all that is to be said.
    except (ValueError, OSError):
        return frozenset()


@cache
def _code() -> dict[str, str]:
    """Return a hash for every room of kbkit."""
    contents: dict[str, list[str]] = {}
    package = Path(str(importlib.resources.files("kbkit")))
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if path.is_file() and "__pycache__" not in parts and parts[0] != "fonts":
            contents.setdefault(parts[0].removesuffix(".py"), []).append(f"{'/'.join(parts)} {file_hash(path)}")
    return {room: _hash("\n".join(files)) for room, files in contents.items()}


@cache
def _fonts() -> dict[str, str]:
    folder = Path(str(importlib.resources.files("kbkit"))) / "fonts"
    return {path.name: file_hash(path) for path in sorted(folder.glob("*")) if path.suffix in (".otf", ".ttf")}


@cache
def _installed() -> dict[str, str]:
    """Return the version of every package that kbkit rests on, also by way of another."""
    found: dict[str, str] = {}
    rest = ["kbkit"]
    while rest:
        name = rest.pop()
        if name not in found:
            with_version = _version(name)
            if with_version is not None:
                found[name] = with_version
                rest.extend(_required(name))
    return dict(sorted(found.items()))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:  # for another system, or an extra that is not installed
        return None


def _required(name: str) -> Iterator[str]:
    for line in requires(name) or []:
        if "extra ==" not in line:
            yield re.split(r"[^\w.-]", line, maxsplit=1)[0].lower().replace("_", "-")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def changed_parts(before: Parts, now: Parts) -> dict[str, dict[str, tuple[str | None, str | None]]]:
    """Return what differs: part -> member -> value before and value now."""
    return {part: found for part in PARTS if (found := dict(_changed(before.get(part, {}), now.get(part, {}))))}


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield name, (before.get(name), now.get(name))
