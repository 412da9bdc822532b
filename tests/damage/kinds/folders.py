"""Files among others: locked, linked, forbidden, named oddly, twice."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from tests.damage.damage import RIGHT, SAFE, Outcome, on_file
from tests.damage.specimen import Specimen


@on_file(Outcome.REFUSED)
def lock_file(specimen: Specimen, folder: Path) -> None:
    """Only the lock file of an open document is there."""
    (folder / f"~${specimen.file}").write_bytes(b"\x05admin" + bytes(160))


@on_file(*RIGHT)
def lock_file_beside(specimen: Specimen, folder: Path) -> None:
    """The document is open elsewhere, its lock file beside it."""
    specimen.write(folder, specimen.content())
    (folder / f"~${specimen.file}").write_bytes(b"\x05admin" + bytes(160))


@on_file(*RIGHT)
def same_file_twice(specimen: Specimen, folder: Path) -> None:
    """The file was downloaded twice."""
    content = specimen.content()  # once: a workbook made a second later is another one
    specimen.write(folder, content)
    name = Path(specimen.file)
    (folder / f"{name.stem} (1){name.suffix}").write_bytes(content)


@on_file(*RIGHT)
def link_to_the_file(specimen: Specimen, folder: Path) -> bool:
    """A link to the file stands beside it."""
    path = specimen.write(folder, specimen.content())
    return _linked(folder / f"tautan {specimen.file}", path)


@on_file(*RIGHT)
def link_to_its_own_folder(specimen: Specimen, folder: Path) -> bool:
    """A link in the folder leads to the folder itself."""
    specimen.write(folder, specimen.content())
    return _linked(folder / "lingkaran", folder)


@on_file(Outcome.REFUSED)
def link_to_nothing(specimen: Specimen, folder: Path) -> bool:
    """The file is a link to a file that is gone."""
    return _linked(folder / specimen.file, folder / "hilang")


@on_file(Outcome.REFUSED)
def link_to_itself(specimen: Specimen, folder: Path) -> bool:
    """The file is a link to itself."""
    return _linked(folder / specimen.file, folder / specimen.file)


def _linked(link: Path, target: Path) -> bool:
    try:
        link.symlink_to(target)
    except OSError:  # Windows without the right to link
        return False
    return True


@on_file(Outcome.REFUSED)
def not_permitted(specimen: Specimen, folder: Path) -> bool:
    """The file may not be read."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return False
    specimen.write(folder, specimen.content()).chmod(0)
    return True


@on_file(Outcome.REFUSED)
def pipe(specimen: Specimen, folder: Path) -> bool:
    """A pipe bears the file's name: who opens it waits for ever."""
    if not hasattr(os, "mkfifo"):
        return False
    os.mkfifo(folder / specimen.file)
    return True


@on_file(*RIGHT)
def folder_named_like_a_file(specimen: Specimen, folder: Path) -> None:
    """A folder is named like a workbook and holds the file."""
    inner = folder / "unduhan.xlsx"
    inner.mkdir()
    specimen.write(inner, specimen.content())


@on_file(*RIGHT)
def deep_folder(specimen: Specimen, folder: Path) -> None:
    """The file stands fifteen folders deep, with blanks and accents in their names."""
    inner = folder.joinpath(*(f"tingkat {i} é" for i in range(15)))
    inner.mkdir(parents=True)
    specimen.write(inner, specimen.content())


@on_file(*SAFE, Outcome.AS_TYPED, typed=("XXXX-08",))
def date_lost_from_the_name(specimen: Specimen, folder: Path) -> None:
    """The file was renamed, and the date went with its name: a month without its year is kept as such."""
    specimen.write(folder, specimen.content(), file="data" + Path(specimen.file).suffix)


@on_file(*SAFE, Outcome.AS_TYPED, typed=("XXXX-08",))
def two_dates_in_the_name(specimen: Specimen, folder: Path) -> bool:
    """The name holds a further date and year."""
    if not re.search(r"20\d\d", specimen.file):
        return False
    specimen.write(folder, specimen.content(), file="2019-03-01 sampai " + specimen.file)
    return True


@on_file(*RIGHT)
def line_break_in_the_name(specimen: Specimen, folder: Path) -> bool:
    """A line break stands in the name."""
    if sys.platform == "win32":
        return False
    specimen.write(folder, specimen.content(), file="baris\ndua " + specimen.file)
    return True


@on_file(*RIGHT)
def name_of_no_encoding(specimen: Specimen, folder: Path) -> bool:
    """The name holds a byte of no encoding, as archives of other machines leave it."""
    if sys.platform != "linux":
        return False
    specimen.write(folder, specimen.content(), file=os.fsdecode(b"\xff\xe9 ") + specimen.file)
    return True
