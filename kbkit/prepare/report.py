"""What a person wants to know after ``prepare``: what was read, what became of it, what is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kbkit.dataset import Metadata
from kbkit.errors import Fault, Severity
from kbkit.review import QUALITY_PAGE

Stage = Literal["read", "match", "write"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """How far ``prepare`` is: ``done`` of ``total`` files of a stage; ``name`` is the file in hand."""

    stage: Stage
    done: int
    total: int
    name: str = ""


Progress = Callable[[Step], None]


def no_progress(step: Step) -> None:
    """Report to nobody."""


@dataclass(frozen=True, kw_only=True)
class LayoutCount:
    """The rows of one layout, over all its files. ``read`` = ``kept`` + ``unmatched`` + ``outside`` + ``refused``.

    Attributes:
        layout: name of the layout; its words are ``ingest.layout_<name>``.
        files: files of the layout.
        read: data rows in the files.
        kept: rows that reached a table.
        matched: rows whose village (or regency) was found.
        unmatched: rows whose village could not be told; each is in the table ``unmatched``.
        outside: rows of regencies that no tier, measurement or family record speaks of.
        refused: rows that could not be read, that repeat or are replaced by another row, or are one of several of a
            village.
    """

    layout: str
    files: int
    read: int
    kept: int
    matched: int
    unmatched: int
    outside: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class IssueCount:
    """How often a check found something. The words of ``code`` in a list of counts are ``<code>_label``."""

    code: str
    severity: Severity
    rows: int


@dataclass(frozen=True, kw_only=True)
class PrepareReport:
    """The outcome of ``prepare``.

    Attributes:
        dataset: folder of the dataset.
        metadata: as in ``dataset.json``: every file and its fate, rows by table, regencies.
        files: files met.
        layouts: rows by layout.
        methods: rows matched by name, by method; the words of a method are ``matching.method_<name>``.
        tiers_recomputed: rows of the classification, matched or not, whose tier was computed anew from its scores.
        tiers_confirmed: those of them whose printed tier is the computed one.
        faults: what was wrong with files and cells, gravest first.
        issues: what the checks found, gravest and most frequent first.
    """

    dataset: Path
    metadata: Metadata
    files: int
    layouts: tuple[LayoutCount, ...]
    methods: Mapping[str, int]
    tiers_recomputed: int
    tiers_confirmed: int
    faults: tuple[Fault, ...]
    issues: tuple[IssueCount, ...]

    @property
    def quality_page(self) -> Path:
        """The page that says what the checks found."""
        return self.dataset / QUALITY_PAGE

    @property
    def unmatched(self) -> int:
        """Rows whose village could not be told."""
        return sum(count.unmatched for count in self.layouts)


WEIGHT: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "note": 2}
"""Order of severities in lists."""
