"""Target and attainment of the campaign "Genting" by village: a workbook with a title, and a total below.

Only the title says what the target is a target of: without it the columns are those of any table of targets. The
printed percentage is a formula of the two counts and is not kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kbkit.domain.indicators import indicators_of
from kbkit.ingest.extract import Layout
from kbkit.ingest.headings import Recognition, normalise_heading
from kbkit.ingest.sheet import RawSheet
from kbkit.ingest.stamps import texts_above
from kbkit.ingest.village_table import VillageTable

NAME: Final = "genting_target"

_TITLE: Final = "GENTING"
_TABLE: Final = VillageTable(
    name=NAME, indicators=indicators_of(NAME), essential=frozenset({"genting_target", "genting_attained"})
)


def _recognise(sheet: RawSheet) -> Recognition:
    fit = _TABLE.recognise(sheet)
    titled = any(_TITLE in normalise_heading(text).split() for text in (sheet.path.stem, *texts_above(sheet, fit)))
    return fit if titled else replace(fit, missing=(*fit.missing, _TITLE), score=0.0)


GENTING_TARGET: Final = Layout(name=NAME, recognise=_recognise, read=_TABLE.read)
