"""From exports to a dataset: read, place, assemble, check, write."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from kbkit.dataset import write_dataset
from kbkit.dataset.schema import PARTITION, TABLES
from kbkit.domain.data_types import PLACEHOLDER
from kbkit.errors import Fault, InputError
from kbkit.ingest import read_exports
from kbkit.ingest.data_types import read_data_types
from kbkit.ingest.snapshots import refuse_future
from kbkit.matching import load_register
from kbkit.prepare.account import count_issues, count_layouts, count_tiers, describe_sources
from kbkit.prepare.areas import assemble_areas
from kbkit.prepare.assembled import Assembled
from kbkit.prepare.comparing import compared_issues
from kbkit.prepare.deciding import decide, gather_decisions
from kbkit.prepare.doubts import faults_of, issues_of_faults, tail_issues, total_issues
from kbkit.prepare.indicators import assemble_indicators
from kbkit.prepare.lists import assemble_funding, assemble_interventions, assemble_plan
from kbkit.prepare.part import Part
from kbkit.prepare.placing import place_extracts, regencies_of, with_shared_texts
from kbkit.prepare.profiles import assemble_profiles
from kbkit.prepare.report import WEIGHT, PrepareReport, Progress, Step, no_progress
from kbkit.prepare.tables import (
    assemble_families,
    assemble_stunting,
    assemble_surveys,
    assemble_tiers,
    assemble_village_index,
)
from kbkit.quality import issues_frame
from kbkit.review import DECISIONS_FILE, decisions_document, quality_documents

_ASSEMBLERS: Final[Mapping[str, Callable[[list[Part]], Assembled]]] = {
    "tiers": assemble_tiers,
    "profiles": assemble_profiles,
    "village_indicators": assemble_indicators,
    "area_indicators": assemble_areas,
    "stunting": assemble_stunting,
    "families": assemble_families,
    "village_index": assemble_village_index,
    "surveys": assemble_surveys,
    "interventions": assemble_interventions,
    "funding": assemble_funding,
    "plan": assemble_plan,
}


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
    exports = read_exports(sources, dates=snapshot_dates, on_file=on_file, workers=workers)
    extracts = [refuse_future(extract, today=today) if today else extract for extract in exports.extracts]
    # What was read is as large as what is made of it, and a nation of both is too much for a laptop: let go early.
    exports = replace(exports, extracts=())
    extracts = with_shared_texts(extracts)
    parts, undecided = decide(place_extracts(extracts, progress=progress), decided)
    del extracts
    recomputed, confirmed = count_tiers(parts)
    found = total_issues(parts)
    parts = [part.without_table() for part in parts]
    faults = tuple(sorted([*exports.faults, *faults_of(parts), *undecided], key=_order))
    regencies = sorted(regencies_of(parts))
    if not regencies:
        raise InputError(faults or [Fault(code="ingest.nothing_to_read")])
    assembled = {name: assemble(parts) for name, assemble in _ASSEMBLERS.items()}
    parts = [replace(part, dropped=_dropped(part, assembled)) for part in parts]
    found += [issue for item in assembled.values() for issue in item.issues]
    tables = {name: item.table for name, item in assembled.items()} | {
        "villages": load_register().villages_frame(regencies),
        "unmatched": _gathered([part.matched.unmatched for part in parts], "unmatched"),
        "matches": _gathered([part.matched.matches for part in parts], "matches"),
    }
    found += [*issues_of_faults(parts), *tail_issues(parts), *compared_issues(parts, tables)]
    tables["issues"] = issues = issues_frame(found)
    metadata = describe_sources(exports, parts, tables, regencies, types=types)
    progress(Step(stage="write", done=0, total=1, name=str(out)))
    documents = quality_documents(tables, metadata=metadata, faults=faults)
    if decided:
        documents[DECISIONS_FILE] = decisions_document(decided)
    write_dataset(out, tables=tables, metadata=metadata, documents=documents)
    return PrepareReport(
        dataset=out,
        metadata=metadata,
        files=exports.files,
        layouts=count_layouts(parts),
        methods=dict(sorted(Counter(tables["matches"]["method"]).items())),
        tiers_recomputed=recomputed,
        tiers_confirmed=confirmed,
        faults=faults,
        issues=count_issues(issues),
    )


def _order(fault: Fault) -> tuple[int, str, str, int, str]:
    return WEIGHT[fault.severity], fault.file or "", fault.sheet or "", fault.row or 0, fault.code


def _dropped(part: Part, assembled: Mapping[str, Assembled]) -> Counter[str]:
    return sum((item.dropped.get(part.key, Counter()) for item in assembled.values()), Counter[str]())


def _gathered(frames: list[pd.DataFrame], name: str) -> pd.DataFrame:
    columns = list(TABLES[name].names)
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return pd.DataFrame(columns=columns)
    order = [PARTITION, "layout", "source_file", "source_sheet", "source_row"]
    joined = pd.concat(filled, ignore_index=True)[columns]
    return joined.sort_values(order, kind="stable", ignore_index=True, na_position="first")
