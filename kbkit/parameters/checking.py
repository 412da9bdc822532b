"""A parameter file, checked whole: every fault in one pass, before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from kbkit.errors import Fault, InputError
from kbkit.parameters.batch import ALL_REGENCIES, BatchParameters
from kbkit.parameters.places import check_boundaries, check_logo, check_notebook, check_out, known_regencies
from kbkit.parameters.priorities import read_priorities
from kbkit.parameters.regencies import check_regencies
from kbkit.parameters.source import Entry, Source, read_source
from kbkit.parameters.targets import check_targets, stated_values
from kbkit.parameters.values import value_faults

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_PATHS: Final = ("dataset", "out", "notebook", "boundaries", "plan", "priorities", "logo")


def check_parameters(path: Path, *, replacing: Mapping[str, Any] = _NOTHING) -> tuple[Fault, ...]:
    """Return every fault of a parameter file, in the order of its lines.

    Args:
        path: the YAML file.
        replacing: values of the command line that stand in for those of the file, by key; paths among them are
            relative to the working directory.
    """
    return _read(path, replacing)[1]


def read_parameters(path: Path, *, replacing: Mapping[str, Any] = _NOTHING) -> BatchParameters:
    """Read a parameter file.

    Args:
        path: the YAML file.
        replacing: as for :func:`check_parameters`.

    Raises:
        InputError: the file has faults; it carries all of them.
    """
    parameters, faults = _read(path, replacing)
    if parameters is None or faults:
        raise InputError(faults)
    return parameters


def _read(path: Path, replacing: Mapping[str, Any]) -> tuple[BatchParameters | None, tuple[Fault, ...]]:
    source = read_source(path)
    if not source.entries:
        return None, source.faults
    entries = source.entries | {key: _option(key, value) for key, value in replacing.items()}
    values = {key: _anchored(key, entry, path.parent) for key, entry in entries.items()}
    known, faults = known_regencies(entries.get("dataset"), values.get("dataset"))
    faults += check_notebook(entries.get("notebook"), values.get("notebook", _default(path, "notebook")))
    faults += check_out(entries.get("out"), values.get("out", _default(path, "out")))
    faults += check_boundaries(entries.get("boundaries"), values.get("boundaries"))
    faults += check_logo(entries.get("logo"), values.get("logo"))
    faults += _check_file(entries.get("plan"), values.get("plan"), code="plan.no_such_file")
    faults += _check_priorities(entries.get("priorities"), values.get("priorities"))
    faults += check_regencies(entries.get("regencies"), known)
    faults += check_targets(entries, known)
    values = _defaults(path) | values | stated_values(entries)
    if values.get("regencies") in ALL_REGENCIES:
        # Where the dataset cannot be read that is a fault already, and any code stands for its regencies.
        values["regencies"] = sorted(known or {"00.00": ""})
    parameters, wrong = _validated(values, source, entries)
    return parameters, _in_order([*source.faults, *faults, *wrong])


def _check_priorities(entry: Entry | None, path: Any) -> tuple[Fault, ...]:
    missing = _check_file(entry, path, code="priorities.no_such_file")
    if missing or not isinstance(path, Path):
        return missing
    try:
        read_priorities(path)
    except InputError as error:
        return error.faults
    return ()


def _check_file(entry: Entry | None, path: Any, *, code: str) -> tuple[Fault, ...]:
    if entry is None or not isinstance(path, Path) or path.is_file():
        return ()
    place = {"file": entry.file, "line": entry.line, "column": entry.column}
    return (Fault(code=code, found=entry.written, **place),)  # type: ignore[arg-type]


def _validated(
    values: dict[str, Any], source: Source, entries: Mapping[str, Entry]
) -> tuple[BatchParameters | None, tuple[Fault, ...]]:
    try:
        return BatchParameters.model_validate(values), ()
    except ValidationError as error:
        return None, tuple(value_faults(error, file=source.file, entries=entries))


def _option(key: str, value: Any) -> Entry:
    return Entry(column=f"--{key}", written=str(value), value=value)


def _anchored(key: str, entry: Entry, folder: Path) -> Any:
    """Return the value of an entry; a path becomes absolute: from the file's folder, or from the working directory."""
    if key not in _PATHS or not isinstance(entry.value, str | Path):
        return entry.value
    start = Path.cwd() if entry.file is None else folder
    return (start / entry.value).resolve()


def _default(path: Path, key: str) -> Path:
    default: Path = BatchParameters.model_fields[key].default
    return (path.parent / default).resolve()


def _defaults(path: Path) -> dict[str, Any]:
    return {key: _default(path, key) for key in ("out", "notebook")}


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """Return the faults by line, those without a line last."""
    return tuple(sorted(faults, key=lambda fault: (fault.line is None, fault.line or 0)))
