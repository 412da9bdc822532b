"""Rows that are no village: totals, subtotals, numbered headings, notes under a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kbkit.ingest.headings import normalise_heading
from kbkit.ingest.numbers import readings

_TOTAL: Final = re.compile(r"^(?:SUB ?|GRAND )?(?:TOTAL|JUMLAH)\b")
_AREA: Final = re.compile(r"^(?:KAB|KABUPATEN|KOTA|PROV|PROVINSI|KEC|KECAMATAN|PUSKESMAS|UPT|UPTD)\b")


def is_total(number: str | None, village: str | None) -> bool:
    """Whether a row is a total: its number or its village says so.

    Args:
        number: what stands in the column ``No``; ``None`` where blank or where there is no such column.
        village: what stands in the column of the village.

    A row without a running number whose name is that of a larger area ("Kab. Pasangkayu") is a total, too; a village
    "Kota Baru" with its running number is not.
    """
    names = [normalise_heading(text) for text in (number, village) if text]
    if any(_TOTAL.match(name) for name in names):
        return True
    numbered = number is not None and bool(readings(number.rstrip(".")))
    return not numbered and any(_AREA.match(name) for name in names)


def is_column_number(village: str | None) -> bool:
    """Whether the row under the headings only numbers the columns: ``(1) (2) (3)``."""
    return village is not None and village.strip("() ").isdecimal()


def is_sum_row(names: Iterable[str | None]) -> bool:
    """Whether a row is a sum because one of its names says so ("Grand Total").

    Unlike :func:`is_total` it takes no name of an area for a sum: in a list without running numbers a village may be
    called "Kota Baru".
    """
    return any(_TOTAL.match(normalise_heading(name)) for name in names if name)
