"""The rows of the table ``issues`` in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from kbkit.dataset import Metadata
from kbkit.dataset.schema import NO_REGENCY, PARTITION
from kbkit.errors import Severity
from kbkit.text import MISSING, Catalogue, Style
from kbkit.text.catalogue import Language

WEIGHT: Final = {"error": 0, "warning": 1, "note": 2}
"""Order of severities, gravest first."""
_AT_ONCE: Final = 10_000
"""Issues that are taken from the table together."""
_DECIMAL: Final = re.compile(r"-?\d{1,9}\.\d{1,6}")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An issue with its words: what kind it is, where it stands, and the whole sentence."""

    code: str
    grade: Severity
    severity: str
    label: str
    regency_code: str | None
    regency: str
    village_code: str | None
    village: str | None
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    found: str | None
    allowed: str | None
    sentence: str


def describe_findings(
    issues: pd.DataFrame, villages: pd.DataFrame, *, metadata: Metadata, language: Language
) -> Iterator[Finding]:
    """Yield every issue in words, gravest first, those of one check together and in the order of their places.

    They are worded as they are asked for: those of a nation take more memory than all of its rows.

    Args:
        issues: the table ``issues``; no two rows share an index.
        villages: the table ``villages``, for names.
        metadata: of the dataset, for names of regencies.
        language: of the words.
    """
    catalogue, style = Catalogue(language), Style(language)
    names = dict(zip(villages["village_code"], villages["village_name"], strict=True))
    ranked = issues.assign(_weight=issues["severity"].map(WEIGHT))
    order = ranked.sort_values(["_weight", "code"], kind="stable").index
    for start in range(0, len(order), _AT_ONCE):
        rows = issues.loc[order[start : start + _AT_ONCE]]
        for record in rows.astype("object").where(rows.notna(), None).to_dict("records"):
            yield _finding(record, names, metadata.regencies, catalogue, style)


def _finding(
    record: dict[Any, Any], villages: dict[str, str], regencies: dict[str, str], catalogue: Catalogue, style: Style
) -> Finding:
    code, regency = record["code"], record[PARTITION]
    return Finding(
        code=code,
        grade=record["severity"],
        severity=catalogue.say(f"names.severity_{record['severity']}"),
        label=catalogue.say(f"{code}_label"),
        regency_code=None if regency == NO_REGENCY else regency,
        regency=regencies.get(regency) or catalogue.say("review.regency_unknown"),
        village_code=record["village_code"],
        village=villages.get(record["village_code"]),
        file=record["source_file"],
        sheet=record["source_sheet"],
        row=None if record["source_row"] is None else int(record["source_row"]),
        column=record["source_column"],
        found=record["found"],
        allowed=record["allowed"],
        sentence=catalogue.say(code, **dict(_values(record, style))),
    )


def _values(record: dict[Any, Any], style: Style) -> Iterator[tuple[str, str]]:
    """Yield what a sentence may name, as the sentences of faults have it; numbers in the style of the language."""
    for name in ("found", "allowed", "nearest"):
        yield name, _written(record.get(name), style)
    for name in ("file", "sheet", "line", "row", "column"):
        value = record.get(f"source_{name}")
        yield name, MISSING if value is None else str(value)
    details: dict[str, Any] = json.loads(record["details"]) if record["details"] else {}
    for name, value in details.items():
        yield name, str(value)


def _written(text: str | None, style: Style) -> str:
    if text is None:
        return MISSING
    return style.decimal(float(text), len(text.partition(".")[2])) if _DECIMAL.fullmatch(text) else text
