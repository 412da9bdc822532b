"""Coordinates whose decimal point was lost to thousands separators: ``-2.122.958`` for -2.122958, or -21.22958.

Where the separators stood says nothing about where the point was, and a neighbour that still looks like a coordinate
(``-2.671``) may have lost digits, too. A column with one such cell is refused whole, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.headings import Recognition
from kbkit.ingest.numbers import NotANumberError, parse_real
from kbkit.ingest.sheet import Cell, RawSheet

LIMITS: Final[Mapping[str, tuple[float, float]]] = {"latitude": (-11.2, 6.2), "longitude": (94.8, 141.2)}
"""Indonesia's extremes (Rote 11.0 S, Pulau Rondo 6.1 N, Pulau Benggala 94.9 E, Merauke 141.0 E), with a margin."""


def without_destroyed_coordinates(
    sheet: RawSheet, fit: Recognition, *, rows: Sequence[int]
) -> tuple[Recognition, tuple[Fault, ...]]:
    """Return the recognition without its destroyed columns of coordinates, and a fault for each of these.

    Args:
        sheet: the sheet.
        fit: what was recognised in it; coordinates are its columns ``latitude`` and ``longitude``.
        rows: indices of the rows of data.
    """
    cells = CellReader(sheet, fit)
    faults: list[Fault] = []
    for name in LIMITS.keys() & fit.columns.keys():
        wrong = [row for row in rows if not _is_sound(cells.cell(row, name), *LIMITS[name])]
        if wrong:
            faults.append(
                Fault(
                    code="ingest.coordinates_destroyed",
                    severity="warning",
                    file=sheet.file,
                    sheet=sheet.sheet,
                    column=fit.headings[name],
                    found=cells.text(wrong[0], name),
                    details={"rows": len(wrong)},
                )
            )
    refused = {fault.column for fault in faults}
    kept = {name: column for name, column in fit.columns.items() if fit.headings[name] not in refused}
    return replace(fit, columns=kept), tuple(sorted(faults, key=lambda fault: fault.column or ""))


def _is_sound(cell: Cell, lower: float, upper: float) -> bool:
    try:
        parse_real(cell, lower=lower, upper=upper)
    except NotANumberError:
        return False
    return True
