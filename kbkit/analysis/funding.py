"""Money of the Kampung KB: villages with it, villages that say they have none, villages that said nothing."""

from __future__ import annotations

import pandas as pd

from kbkit.dataset import RegencyData
from kbkit.domain.funding import SOURCES
from kbkit.results.programme import Funding, SourceOfMoney


def describe_funding(data: RegencyData) -> Funding | None:
    """Describe the latest year of the list of money; ``None`` without a list.

    An amount of 0 says that the source gave nothing; a missing one, that it gave and nobody wrote how much.
    """
    if data.funding.empty:
        return None
    year = int(data.funding["year"].max())
    rows = data.funding[data.funding["year"] == year]
    rows = rows[rows["village_code"].isin(data.villages["village_code"])]
    gave = rows[rows["amount"].isna() | (rows["amount"] > 0)]
    listed, funded = rows["village_code"].nunique(), gave["village_code"].nunique()
    return Funding(
        year=year,
        funded=int(funded),
        unfunded=int(listed - funded),
        silent=int(len(data.villages) - listed),
        sources=tuple(
            _describe_source(key, lines) for key in SOURCES if not (lines := gave[gave["source"] == key]).empty
        ),
    )


def _describe_source(key: str, lines: pd.DataFrame) -> SourceOfMoney:
    return SourceOfMoney(
        source=key,
        villages=int(lines["village_code"].nunique()),
        amount=known_sum(lines["amount"]),
        spent=known_sum(lines["spent"]),
        without_amount=int(lines.loc[lines["amount"].isna(), "village_code"].nunique()),
    )


def known_sum(amounts: pd.Series) -> int | None:
    """Return the sum of the amounts that are there, ``None`` where none is."""
    known = amounts.dropna()
    return int(known.sum()) if len(known) else None
