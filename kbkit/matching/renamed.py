"""Places that bear another name in a source than in the register: a small table with the evidence for each row."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from kbkit.matching.names import loose_key


@cache
def renamed_places() -> dict[tuple[str, str], str]:
    """Return the code of each renamed place.

    Keys are the code of the next larger unit that a source names with certainty (the regency of a village, ``""`` for
    a regency) and the loose key of the old name.
    """
    text = resources.files("kbkit.matching").joinpath("renamed.csv").read_text(encoding="utf-8")
    return {
        (row["code"][:5] if row["code"].count(".") == 3 else "", loose_key(row["old_name"])): row["code"]
        for row in csv.DictReader(text.splitlines())
    }
