"""People by age group, one file a sex. The sex stands in no column: only a title or the file's name tells it.

It is read from whole words alone. The letters P and W or L and P mean different things in different systems: P is
*pria* in the Kampung KB portal and *perempuan* elsewhere.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from kbkit.domain.indicators import Sex, indicators_of
from kbkit.errors import Fault
from kbkit.ingest.cells import CellReader
from kbkit.ingest.extract import Extract, Layout, canonical_table
from kbkit.ingest.headings import Recognition, normalise_heading
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import texts_above
from kbkit.ingest.village_table import PERIOD, VillageTable, split_rows

NAME: Final = "age_pyramid"

_WORDS: Final[dict[Sex, re.Pattern[str]]] = {
    "male": re.compile(r"\b(?:LAKI|LAKI LAKI|PRIA)\b"),
    "female": re.compile(r"\b(?:PEREMPUAN|WANITA)\b"),
}


def _table(sex: Sex) -> VillageTable:
    indicators = tuple(
        item for item in indicators_of(NAME) if re.match(rf"population_{sex}\b|population_{sex}_", item.name)
    )
    return VillageTable(name=NAME, indicators=indicators, essential=frozenset(item.name for item in indicators))


_TABLES: Final[dict[Sex, VillageTable]] = {"male": _table("male"), "female": _table("female")}


def _recognise(sheet: RawSheet) -> Recognition:
    return _TABLES["male"].recognise(sheet)  # the columns of both sexes have the same headings


def _read(sheet: RawSheet, fit: Recognition, given: dt.date | None) -> Extract:
    sexes = _sexes(sheet, fit)
    if len(sexes) == 1:
        table = _TABLES[sexes[0]]
        return table.read(sheet, table.recognise(sheet), given)
    rows, _ = split_rows(CellReader(sheet, fit))
    return Extract(
        sheet=sheet,
        layout=NAME,
        table=canonical_table([], {PERIOD: "object"}),
        faults=(Fault(code="ingest.sex_unknown", file=sheet.file, sheet=sheet.sheet),),
        rows_read=len(rows),
    )


def _sexes(sheet: RawSheet, fit: Recognition) -> list[Sex]:
    """Return the sexes that the titles, the sheet's name and the file's name speak of."""
    texts = normalise_heading(" ; ".join([sheet.path.stem, sheet.sheet or "", *texts_above(sheet, fit)]))
    return [sex for sex, words in _WORDS.items() if words.search(texts)]


AGE_PYRAMID: Final = Layout(name=NAME, recognise=_recognise, read=_read)
