"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text file aside and put it in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.partial")
    aside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(aside, path)


def staging_folder(final: Path) -> Path:
    """Return the folder in which a regency's folder is made.

    It is a sibling of the final one, so that a relative path means the same in both.
    """
    return final.with_name(f".{final.name}.partial")


def start_folder(final: Path) -> Path:
    """Return an empty staging folder, after mending what a killed run may have left behind."""
    staging, retired = staging_folder(final), _retired_folder(final)
    if retired.exists() and not final.exists():
        retired.rename(final)
    shutil.rmtree(retired, ignore_errors=True)
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
    return staging


def put_in_place(final: Path) -> None:
    """Swap the staging folder for the final one.

    The older folder is moved aside by a rename, which Windows refuses while a document in it is open; then nothing has
    changed yet.

    Raises:
        OSError: a file of the older folder is in use.
    """
    staging, retired = staging_folder(final), _retired_folder(final)
    if final.exists():
        final.rename(retired)
    try:
        staging.rename(final)
    except OSError:
        if retired.exists():
            retired.rename(final)
        raise
    shutil.rmtree(retired, ignore_errors=True)


def _retired_folder(final: Path) -> Path:
    return final.with_name(f".{final.name}.old")


def relative_path(target: Path, *, start: Path) -> str:
    """Return a path from a folder to a target with ``/``; absolute only where there is no way, as between drives."""
    try:
        return Path(os.path.relpath(target, start)).as_posix()
    except ValueError:
        return target.as_posix()
