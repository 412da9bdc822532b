"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Final

_PATIENCE: Final = (0.1, 0.3, 1.0, 2.0)
"""Seconds between attempts to rename. On Windows a virus scanner or a kernel that is just ending holds a folder."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file aside and put it in place in one step; text as UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.partial")
    try:
        aside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def list_files(folder: Path) -> tuple[str, ...]:
    """Return every file below a folder, relative to it with ``/``, in order."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))


def staging_folder(final: Path) -> Path:
    """Return the folder in which a regency's folder is made.

    It is a sibling of the final one, so that a relative path means the same in both.

    Args:
        final: the regency's folder.
    """
    return final.with_name(f".{final.name}.partial")


def start_folder(final: Path) -> Path:
    """Return an empty staging folder, after mending what a killed run may have left behind."""
    staging = staging_folder(final)
    mend_folder(final)
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
    return staging


def mend_folder(final: Path) -> None:
    """Bring back the older folder where a run was killed after it had moved it aside, and take away what is left."""
    retired = _retired_folder(final)
    if retired.exists() and not final.exists():
        retired.rename(final)
    shutil.rmtree(retired, ignore_errors=True)


def mend_batch(folder: Path) -> None:
    """Mend every folder of a batch after a run that was killed, and take away files that were being written."""
    for path in folder.glob(".*.old"):
        mend_folder(folder / path.name[1:].removesuffix(".old"))
    for path in folder.glob(".*.partial"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def put_in_place(final: Path) -> None:
    """Swap the staging folder for the final one.

    The older folder is moved aside by a rename, which Windows refuses while a document in it is open; then nothing has
    changed yet.

    Raises:
        OSError: a file of the older folder is in use.
    """
    staging, retired = staging_folder(final), _retired_folder(final)
    if final.exists():
        _rename(final, retired)
    try:
        _rename(staging, final)
    except OSError:
        if retired.exists():
            retired.rename(final)
        raise
    shutil.rmtree(retired, ignore_errors=True)


def _rename(old: Path, new: Path) -> None:
    for pause in _PATIENCE:
        try:
            old.rename(new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    old.rename(new)


def _retired_folder(final: Path) -> Path:
    return final.with_name(f".{final.name}.old")


def relative_path(target: Path, *, start: Path) -> str:
    """Return a path from a folder to a target with ``/``; absolute only where there is no way, as between drives."""
    try:
        return Path(os.path.relpath(target, start)).as_posix()
    except ValueError:
        return target.as_posix()
