"""Checks of the villages of a dataset: as many as are expected, and not more of them than there are."""

from __future__ import annotations

import pandas as pd

from kbkit.dataset.schema import PARTITION
from kbkit.domain.expectations import EXPECTED_VILLAGES
from kbkit.quality.issue import Issue


def check_village_counts(villages: pd.DataFrame, *, register: str) -> list[Issue]:
    """The register has another number of villages in a regency than is expected: split, merged, or another vintage.

    Args:
        villages: the table ``villages`` of the dataset.
        register: name of the register the villages come from.
    """
    counts = villages.groupby(PARTITION)["village_code"].nunique()
    return [
        Issue(
            code="quality.village_count_differs",
            severity="warning",
            regency_code=code,
            source_file=register,
            found=str(counts[code]),
            allowed=str(expected),
        )
        for code, expected in EXPECTED_VILLAGES.items()
        if code in counts.index and counts[code] != expected
    ]
