"""What the checks found, for people: a page to read and print, and a table with every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from kbkit.dataset import Metadata
from kbkit.errors import Fault
from kbkit.review.delimited import write_delimited
from kbkit.review.findings import Finding, describe_findings
from kbkit.review.page import FoundByCheck, render_page
from kbkit.text import DEFAULT_LANGUAGE, Catalogue
from kbkit.text.catalogue import Language

QUALITY_PAGE: Final = "quality.html"
QUALITY_TABLE: Final = "quality.csv"

_COLUMNS: Final = (
    "severity",
    "label",
    "regency_code",
    "regency",
    "village_code",
    "village",
    "file",
    "sheet",
    "row",
    "column",
    "found",
    "allowed",
    "sentence",
    "code",
)


def quality_documents(
    tables: Mapping[str, pd.DataFrame],
    *,
    metadata: Metadata,
    faults: Sequence[Fault],
    language: Language = DEFAULT_LANGUAGE,
) -> dict[str, bytes]:
    """Return ``quality.html`` and ``quality.csv`` of a dataset by their names. Same dataset, same bytes.

    Args:
        tables: the tables ``issues``, ``unmatched`` and ``villages`` of the dataset.
        metadata: of the dataset.
        faults: what was wrong with whole files.
        language: of the words.
    """
    found = describe_findings(tables["issues"], tables["villages"], metadata=metadata, language=language)
    checks: dict[tuple[str, str], FoundByCheck] = {}
    table = _table(_sorted_out(found, checks), Catalogue(language))
    page = render_page(
        tuple(checks.values()), unmatched=tables["unmatched"], metadata=metadata, faults=faults, language=language
    )
    return {QUALITY_PAGE: page.encode("utf-8"), QUALITY_TABLE: table}


def _sorted_out(found: Iterable[Finding], checks: dict[tuple[str, str], FoundByCheck]) -> Iterator[Finding]:
    """Yield findings on, each counted with its check and its grade."""
    for finding in found:
        checks.setdefault((finding.grade, finding.code), FoundByCheck()).add(finding)
        yield finding


def _table(found: Iterable[Finding], catalogue: Catalogue) -> bytes:
    headings = [catalogue.say(f"review.quality_{name}") for name in _COLUMNS]
    return write_delimited(headings, ([getattr(item, name) for name in _COLUMNS] for item in found))
