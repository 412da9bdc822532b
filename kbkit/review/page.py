"""``quality.html``: one page that asks nothing of the network, for a screen and for paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from kbkit.dataset import Metadata
from kbkit.errors import Fault
from kbkit.review.agreement import describe_agreement
from kbkit.review.data_house import describe_data_house
from kbkit.review.findings import WEIGHT, Finding
from kbkit.text import Voice, describe_fault
from kbkit.text.catalogue import Language

SHOWN_ROWS: Final = 10
"""Rows of a check on the page; all of them are in the table."""
SHOWN_PLACES: Final = 8
"""Files or regencies named with a count; the others are counted together."""
_UNREAD: Final = ("unrecognised", "refused")


@dataclass(kw_only=True)
class FoundByCheck:
    """What one check found.

    Attributes:
        first: the findings that the page shows.
        rows: how many there are.
        files: how many in each file.
        regencies: how many in each regency.
    """

    first: list[Finding] = field(default_factory=list)
    rows: int = 0
    files: Counter[str] = field(default_factory=Counter)
    regencies: Counter[str] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        if self.rows < SHOWN_ROWS:
            self.first.append(finding)
        self.rows += 1
        self.files[finding.file] += 1
        self.regencies[f"{finding.regency_code or ''} {finding.regency}".strip()] += 1


@dataclass(frozen=True, kw_only=True)
class _Check:
    """One check with what it found."""

    anchor: str
    label: str
    severity: str
    grade: str
    rows: str
    files: str
    regencies: str
    first: tuple[Finding, ...]
    more: str | None


def render_page(
    checks: Sequence[FoundByCheck],
    *,
    unmatched: pd.DataFrame,
    metadata: Metadata,
    faults: Sequence[Fault],
    language: Language,
) -> str:
    """Return the page: what was read and not read, names without a code, then every check with its first rows.

    Args:
        checks: what each check found.
        unmatched: the table ``unmatched``.
        metadata: of the dataset.
        faults: what was wrong with whole files.
        language: of the words.
    """
    environment = Environment(
        loader=PackageLoader("kbkit.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    voice = Voice(language)
    return environment.get_template("quality.html.j2").render(
        language=language,
        say=voice.say,
        style=voice.style,
        metadata=metadata,
        stamp="" if metadata.data_status == "actual" else voice.say(f"names.stamp_{metadata.data_status}"),
        checks=[_check(found, voice) for found in sorted(checks, key=_rank)],
        unmatched=_reasons(unmatched, voice),
        unread=_unread(metadata, faults, voice),
        agreement=describe_agreement(metadata.profile_scores, voice=voice) if metadata.profile_scores else None,
        data_house=describe_data_house(metadata.data_house, names=metadata.regencies, voice=voice)
        if metadata.data_house
        else None,
        count=sum(found.rows for found in checks),
    )


def _rank(found: FoundByCheck) -> tuple[int, int, str]:
    """Return what puts the gravest check first, then that with the most rows."""
    return WEIGHT[found.first[0].grade], -found.rows, found.first[0].code


def _check(found: FoundByCheck, voice: Voice) -> _Check:
    first = found.first[0]
    more = found.rows - SHOWN_ROWS
    return _Check(
        anchor=first.code.replace(".", "-"),
        label=first.label[:1].upper() + first.label[1:],
        severity=first.severity,
        grade=first.grade,
        rows=voice.style.count(found.rows),
        files=_places(found.files, voice),
        regencies=_places(found.regencies, voice),
        first=tuple(found.first),
        more=voice.style.count(more) if more > 0 else None,
    )


def _places(names: Mapping[str, int], voice: Voice) -> str:
    """Return names with their counts, the most frequent first: ``a.xlsx (12), b.xlsx (3), 5 lainnya (7)``."""
    counts = sorted(names.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{name} ({voice.style.count(rows)})" for name, rows in counts[:SHOWN_PLACES]]
    others = counts[SHOWN_PLACES:]
    if others:
        rows = voice.style.count(sum(rows for _, rows in others))
        shown.append(voice.say("review.quality_others", others=voice.style.count(len(others)), rows=rows))
    return ", ".join(shown)


def _reasons(unmatched: pd.DataFrame, voice: Voice) -> list[tuple[str, str]]:
    counts = sorted(Counter(unmatched["reason"]).items(), key=lambda item: (-item[1], item[0]))
    return [(voice.say(reason), voice.style.count(rows)) for reason, rows in counts]


def _unread(metadata: Metadata, faults: Sequence[Fault], voice: Voice) -> list[tuple[str, str, list[str]]]:
    """Return the files of which nothing was taken, each with its fate and the reasons."""
    reasons: dict[str, list[str]] = {}
    for fault in faults:
        if fault.file is not None:
            # The file stands in the row already.
            told = describe_fault(replace(fault, file=None), language=voice.language)
            reasons.setdefault(fault.file, []).append(told[:1].upper() + told[1:])
    return [
        (source.file, voice.say(f"ingest.layout_{source.layout}"), reasons.get(source.file, []))
        for source in metadata.sources
        if source.layout in _UNREAD
    ]
