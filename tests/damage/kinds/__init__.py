"""Every kind of damage: importing this package enters them all into the register."""

from tests.damage.kinds import (
    contents,
    encodings,
    folders,
    headings,
    markup,
    numbers,
    privacy,
    rows,
    wholeness,
    workbooks,
    zips,
)

FAMILIES = (headings, rows, numbers, contents, encodings, wholeness, markup, workbooks, zips, folders, privacy)
"""The modules, in the order in which an account lists them."""
