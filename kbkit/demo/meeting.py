"""The plan of an earlier coordination meeting, as its workbook came back: some lines done, some late, some changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import numpy as np

from kbkit.demo.mark import MARK
from kbkit.demo.population import Population
from kbkit.demo.streams import Streams
from kbkit.domain.agencies import AGENCIES
from kbkit.domain.interventions import INTERVENTIONS
from kbkit.domain.plans import STATUS_NAMES, Status, draft_mark
from kbkit.domain.problems import PROBLEMS
from kbkit.template import write_template

FOLDER: Final = "rakor"
REGENCIES: Final = {"33.16": "blora", "14.71": "kota_pekanbaru"}
"""Regencies that have met; the others have no plan yet, and their reports say so."""

_MEETING: Final = dt.date(2023, 9, 14)
_EARLY, _LATER = dt.date(2024, 1, 31), dt.date(2024, 12, 20)
_LINES: Final[tuple[tuple[str, str, Status | None, dt.date], ...]] = (
    ("toilet_unimproved", "sanitation", "done", _EARLY),
    ("unmeasured", "growth_monitoring", "running", _LATER),
    ("stunted", "complementary_feeding", "running", _EARLY),
    ("water_unimproved", "drinking_water", None, _EARLY),
    ("four_too", "postpartum_family_planning", "done", _EARLY),
    ("stunted", "family_accompaniment", None, _LATER),
    ("toilet_unimproved", "sanitation", "dropped", _EARLY),
)
"""Problem, intervention, status and due date; dealt out to villages in turn."""
_COUNT: Final = 24
_EVERY: Final = 9
"""Each ninth village of the register has a line."""
_CHANGED: Final = 5
"""Each fifth line was given to another agency than the draft said."""


def write_meetings(folder: Path, *, population: Population, streams: Streams) -> None:
    """Write the filled workbook of every regency of the population that has met."""
    met = {code: slug for code, slug in REGENCIES.items() if (population.villages["regency_code"] == code).any()}
    for code, slug in met.items():
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        rows = list(_lines(population, code, streams.generator(code)))
        path = folder / FOLDER / f"rakor_{slug}_{_MEETING:%Y-%m-%d}.xlsx"
        path.write_bytes(write_template("plan", language="id", rows=rows, sheet=MARK))


def _lines(population: Population, code: str, random: np.random.Generator) -> Iterator[dict[str, Any]]:
    villages = population.villages[population.villages["regency_code"] == code].iloc[::_EVERY].head(_COUNT)
    for number, (village, line) in enumerate(zip(villages.to_dict("records"), cycle(_LINES), strict=False)):
        problem, intervention, status, due = line
        drafted = INTERVENTIONS[intervention].agency
        volume = int(random.integers(4, 13)) * 5
        yield {
            "code_found": village["village_code"],
            "regency_found": village["regency_name"],
            "district_found": village["district_name"],
            "village_found": village["village_name"],
            "meeting_date": _MEETING.isoformat() if number == 0 else None,
            "problem": PROBLEMS[problem].name,
            "intervention": INTERVENTIONS[intervention].name,
            "lead_agency": AGENCIES["village_affairs" if number % _CHANGED == 0 else drafted].name,
            "volume": volume,
            "due": due.isoformat(),
            "status": STATUS_NAMES[status] if status else None,
            "item": f"{village['village_code']}/{problem}/{intervention}",
            "mark": draft_mark(intervention, drafted, volume),
        }
