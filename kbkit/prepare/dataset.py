"""From exports to a dataset: read and place every source, then assemble, check and write province by province.

What is held at one time decides what kbkit runs on. The rows of a nation wait folded, a tenth of their size; those of
one province are unfolded, become tables, are written, and are let go before those of the next.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from kbkit.dataset import DatasetWriter, Metadata, writing_dataset
from kbkit.dataset.metadata import province_of
from kbkit.domain.data_types import PLACEHOLDER, DataTypes
from kbkit.errors import Fault, InputError
from kbkit.ingest import take_exports
from kbkit.ingest.data_types import read_data_types
from kbkit.matching import load_register
from kbkit.prepare.account import Tally, count_issues, count_layouts, describe_sources
from kbkit.prepare.deciding import gather_decisions, undecided
from kbkit.prepare.folded import Folded, fold
from kbkit.prepare.part import Part
from kbkit.prepare.placed import Placed
from kbkit.prepare.placing import place_source, place_waiting
from kbkit.prepare.provinces import assemble_provinces
from kbkit.prepare.report import WEIGHT, PrepareReport, Progress, Step, no_progress
from kbkit.review import DECISIONS_FILE, decisions_document, quality_documents

AT_ONCE: Final = 32 * 2**20
"""Bytes of rows that are unfolded together. Each round has its cost, so that small provinces share one."""


def prepare_dataset(
    *,
    sources: Sequence[Path],
    out: Path,
    snapshot_dates: Mapping[str, dt.date] | None = None,
    decisions: Path | None = None,
    forget_decisions: bool = False,
    data_types: Path | None = None,
    today: dt.date | None = None,
    workers: int = 1,
    progress: Progress = no_progress,
) -> PrepareReport:
    """Read raw exports and write a dataset.

    Args:
        sources: files and folders with exports; folders are walked.
        out: folder of the dataset; an older dataset there is replaced, anything else is not.
        snapshot_dates: day of the data by file name, for exports that hold none.
        decisions: workbook of ``kbkit review``, filled in; its decisions are remembered with the dataset.
        forget_decisions: whether to leave out the decisions that an older dataset in ``out`` remembers.
        data_types: an office's list of the types of data of a Rumah Data, in place of the built-in placeholder.
        today: the day of reading; what is dated later is refused. ``None`` takes every date.
        workers: most files read at the same time. Processes are spawned: a script needs
            ``if __name__ == "__main__":`` for more than one.
        progress: told each step.

    Returns:
        What was read, matched, refused and found doubtful.

    Raises:
        InputError: nothing could be read that speaks of a regency, or a decision cannot be followed. Carries every
            fault.
        DatasetError: ``out`` holds something else than a dataset.
    """

    def on_file(done: int, total: int, name: str) -> None:
        progress(Step(stage="read", done=done, total=total, name=name))

    types = read_data_types(data_types) if data_types else PLACEHOLDER
    decided = gather_decisions(dataset=out, given=decisions, forget=forget_decisions)
    read, exports = take_exports(
        sources,
        take=partial(place_source, today=today, decisions=fold(decided)),
        dates=snapshot_dates,
        on_file=on_file,
        workers=workers,
    )
    placed = place_waiting(read, decisions=decided, progress=progress)
    del read
    found = [*exports.faults, *(fault for source in placed for fault in source.faults), *undecided(placed, decided)]
    faults = tuple(sorted(found, key=_order))
    regencies = sorted({code for source in placed for code in source.regencies})
    if not regencies:
        raise InputError(faults or [Fault(code="ingest.nothing_to_read")])
    waiting, placed = _by_province(placed)
    with writing_dataset(out) as writer:
        tally = _write_tables(waiting, regencies, writer, types=types, progress=partial(_on_round, progress, out))
        placed = [replace(source, dropped=tally.dropped.get(source.key, Counter())) for source in placed]
        metadata = describe_sources(exports, placed, tally, rows=writer.rows, regencies=regencies)
        documents = _documents(tally, metadata, faults)
        if decided:
            documents[DECISIONS_FILE] = decisions_document(decided)
        writer.write_account(metadata, documents=documents)
    return PrepareReport(
        dataset=out,
        metadata=metadata,
        files=exports.files,
        layouts=count_layouts(placed),
        methods=dict(sorted(tally.methods.items())),
        tiers_recomputed=sum(source.tiers[0] for source in placed),
        tiers_confirmed=sum(source.tiers[1] for source in placed),
        faults=faults,
        issues=count_issues(tally.issues),
    )


def _by_province(sources: Sequence[Placed]) -> tuple[dict[str, list[Folded[Part]]], list[Placed]]:
    """Return the parts of each province in the order of their sources, and the sources without their parts."""
    waiting: dict[str, list[Folded[Part]]] = {}
    for source in sources:
        for province, part in source.parts.items():
            waiting.setdefault(province, []).append(part)
    return waiting, [replace(source, parts={}) for source in sources]


def rounds_of(waiting: Mapping[str, Sequence[Folded[Part]]], *, at_once: int) -> list[list[str]]:
    """Return which provinces are unfolded together, in the order of their codes: small ones, or a large one alone.

    Args:
        waiting: parts of each province.
        at_once: bytes that several provinces may have together.
    """
    rounds: list[list[str]] = []
    size = 0
    for province in sorted(waiting):
        own = sum(part.size for part in waiting[province])
        if not rounds or size + own > at_once:
            rounds.append([])
            size = 0
        rounds[-1].append(province)
        size += own
    return rounds


def _on_round(progress: Progress, out: Path, done: int, total: int) -> None:
    progress(Step(stage="write", done=done, total=total, name=str(out)))


def _write_tables(
    waiting: dict[str, list[Folded[Part]]],
    regencies: Sequence[str],
    writer: DatasetWriter,
    *,
    types: DataTypes,
    progress: Callable[[int, int], None],
) -> Tally:
    """Write the tables of every province, and return what was counted on the way. Nothing is left waiting."""
    tally = Tally()
    rounds = rounds_of(waiting, at_once=AT_ONCE)
    for done, provinces in enumerate(rounds):
        progress(done, len(rounds))
        folded = [part for province in provinces for part in waiting.pop(province)]
        own = [code for code in regencies if province_of(code) in provinces]
        _write_round(folded, own, writer, tally, types)
    return tally


def _write_round(
    folded: list[Folded[Part]], regencies: Sequence[str], writer: DatasetWriter, tally: Tally, types: DataTypes
) -> None:
    """Unfold the parts of some provinces, and write and count what is made of them."""
    parts = [part.unfold() for part in folded]
    folded.clear()
    provinces = assemble_provinces(parts, regencies=regencies)
    writer.write_tables(provinces.tables)
    tally.add(provinces, parts, types=types)


def _documents(tally: Tally, metadata: Metadata, faults: Sequence[Fault]) -> dict[str, bytes]:
    """Return what people read about the checks: the only thing that is made of all provinces at once."""
    tables = {
        "issues": pd.concat(tally.issues, ignore_index=True),
        "unmatched": pd.concat(tally.reasons, ignore_index=True),
        "villages": load_register().villages_frame(metadata.regencies),
    }
    return quality_documents(tables, metadata=metadata, faults=faults)


def _order(fault: Fault) -> tuple[int, str, str, int, str]:
    return WEIGHT[fault.severity], fault.file or "", fault.sheet or "", fault.row or 0, fault.code
