"""Writing a file that a person is to fill in: never over one that may be filled in already."""

from __future__ import annotations

from pathlib import Path

from kbkit.errors import Fault, InputError


def write_new(path: Path, content: bytes, *, code: str) -> None:
    """Write a file that is not there yet.

    Args:
        path: the file.
        content: what it holds.
        code: of the fault where it exists.

    Raises:
        InputError: the file exists.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise InputError([Fault(code=code, file=str(path))]) from error
