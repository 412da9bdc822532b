"""Priority problems of a regency, the draft of a joint plan, and what became of an earlier one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RankedProblem:
    """A problem with its scores and its place.

    Attributes:
        key: problem, see :mod:`kbkit.domain.problems`.
        affected: those affected at ``time``; children, families, couples or villages as the problem says.
        population: those concerned.
        share: affected over population, 0-1.
        time: period, semester, snapshot or year of the share.
        change: share less the share at ``since``; ``None`` where there is no earlier one.
        since: earlier time, about a year before.
        benchmark: share that is still acceptable.
        urgency: score 1-5.
        seriousness: score 1-5.
        growth: score 1-5; the middle one where ``change`` is unknown.
        priority: weighted mean of the three.
        rank: place, 1 the first.
        rank_best: best place over all weightings, an unknown growth taken as 5 here and as 1 elsewhere.
        rank_worst: worst place, the other way round.
        top: share of the weightings in which the problem is among those that are planned for.
    """

    key: str
    affected: int
    population: int
    share: float
    time: str
    change: float | None
    since: str | None
    benchmark: float
    urgency: int
    seriousness: int
    growth: int
    priority: float
    rank: int
    rank_best: int
    rank_worst: int
    top: float


@dataclass(frozen=True, kw_only=True)
class PlanItem:
    """A line of the draft: what a village needs by the data, and who might be asked. All of it is for the meeting.

    Attributes:
        key: names the line in the workbook of the meeting and when it comes back.
        problem: problem that it answers.
        intervention: key of an intervention, ``None`` for a task of management.
        kind: ``"specific"``, ``"sensitive"`` or ``None``.
        lead_agency: key of the agency that usually leads.
        volume: affected in the village, where that may be shown.
        funding: sources that the village names this year.
    """

    key: str
    village_code: str
    village_name: str
    district_name: str
    problem: str
    intervention: str | None
    kind: str | None
    lead_agency: str
    volume: int | None
    funding: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ConvergenceCell:
    """Villages in which an agency leads an intervention in the year."""

    intervention: str
    agency: str
    villages: int


@dataclass(frozen=True, kw_only=True)
class Convergence:
    """Who does what, and how widely, from the list of interventions of the latest year.

    Names are keys of the vocabulary or, where the office has its own, the words of the list.

    Attributes:
        year: year of the list.
        interventions: in the order of the programme groups, then the office's own.
        agencies: in the order of the default list, then the office's own.
        cells: pairs that occur.
        villages: villages with at least one line.
        without: villages of the register without any.
        missing: specific interventions of the default list that no village has.
    """

    year: int
    interventions: tuple[str, ...]
    agencies: tuple[str, ...]
    cells: tuple[ConvergenceCell, ...]
    villages: int
    without: int
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgencyProgress:
    """What became of the lines of an earlier plan that one agency leads.

    Attributes:
        agency: key or name.
        planned: lines.
        done: reported as done.
        running: reported as running, not late.
        late: not done at ``Progress.as_of`` although due before.
        dropped: reported as dropped.
        not_reported: without a status, not late.
        changed: of ``planned``, lines that the meeting changed against the draft.
    """

    agency: str
    planned: int
    done: int
    running: int
    late: int
    dropped: int
    not_reported: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Progress against the plan of the last meeting, by agency, at the date of the newest data."""

    meeting: dt.date
    as_of: dt.date
    agencies: tuple[AgencyProgress, ...]
    total: AgencyProgress


@dataclass(frozen=True, kw_only=True)
class Priorities:
    """Chapter VI: problems in order, draft of the plan, convergence, progress.

    Attributes:
        weights: urgency, seriousness, growth.
        own_settings: whether the office set weights or benchmarks.
        problems: in order of priority.
        not_measured: problems that the data do not show, or of which so few are affected that a number is not shown.
        planned: problems from the top that the draft holds.
        villages_named: villages a problem that the draft names at most.
        items: the draft.
        agencies: names for the drop-downs where the office gave its list.
        convergence: ``None`` without a list of interventions.
        progress: ``None`` without an earlier plan.
    """

    weights: tuple[float, float, float]
    own_settings: bool
    problems: tuple[RankedProblem, ...]
    not_measured: tuple[str, ...]
    planned: tuple[str, ...]
    villages_named: int
    items: tuple[PlanItem, ...]
    agencies: tuple[str, ...]
    convergence: Convergence | None
    progress: Progress | None
