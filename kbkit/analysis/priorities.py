"""Priority problems of a regency, the draft of a joint plan, who does what, and what became of an earlier plan."""

from __future__ import annotations

from dataclasses import replace

from kbkit.analysis.convergence import describe_convergence
from kbkit.analysis.disclosure import Disclosure
from kbkit.analysis.draft_plan import COUNTS_PEOPLE, draft_plan
from kbkit.analysis.problem_ranks import rank_problems
from kbkit.analysis.problems import MeasuredProblem, measure_problems
from kbkit.analysis.progress import describe_progress
from kbkit.analysis.rows import Rows
from kbkit.dataset import RegencyData
from kbkit.domain.editions import SmallCells
from kbkit.domain.problems import PROBLEMS, PrioritySettings
from kbkit.results import Undefined
from kbkit.results.priorities import Priorities
from kbkit.results.provenance import Timing
from kbkit.results.small_areas import SmallAreas


def describe_priorities(
    data: RegencyData,
    *,
    rows: Rows,
    small_areas: SmallAreas | Undefined,
    timing: Timing,
    disclosure: Disclosure,
    settings: PrioritySettings | None = None,
) -> Priorities:
    """Order the problems that the data show and draft a plan for the first of them.

    Args:
        data: the regency's partition.
        rows: rows of all villages and periods.
        small_areas: villages with shrunken prevalences, or why they are not shown one by one.
        timing: dates of the newest data, against which an earlier plan is late or not.
        disclosure: what of the latest period is hidden.
        settings: weights, benchmarks and sizes; the defaults where not given.
    """
    settings = settings or PrioritySettings()
    rates = () if isinstance(small_areas, Undefined) else reversed(small_areas.rates)
    high = tuple(rate.village_code for rate in rates if rate.position == "above")
    measures = measure_problems(data, rows=rows, high=frozenset(high))
    shown = {
        key: _without_small_change(key, measure, disclosure.rule)
        for key, measure in measures.items()
        if measure is not None and not _hidden(key, measure, disclosure)
    }
    problems = rank_problems(shown, settings=settings)
    planned = tuple(problem.key for problem in problems[: settings.planned] if problem.share > problem.benchmark)
    return Priorities(
        weights=(settings.weights.urgency, settings.weights.seriousness, settings.weights.growth),
        own_settings=settings != PrioritySettings(agencies=settings.agencies),
        problems=problems,
        not_measured=tuple(key for key in PROBLEMS if key not in shown),
        planned=planned,
        villages_named=settings.villages,
        items=draft_plan(planned, shown, high=high, most=settings.villages, data=data, rule=disclosure.rule),
        agencies=settings.agencies,
        convergence=describe_convergence(data),
        progress=describe_progress(data, timing=timing),
    )


def _hidden(key: str, measure: MeasuredProblem, disclosure: Disclosure) -> bool:
    """Return whether a problem has so few affected that its share would tell of single people."""
    if key == "stunted" and disclosure.total:
        return True
    return key in COUNTS_PEOPLE and disclosure.rule.hides(measure.affected)


def _without_small_change(key: str, measure: MeasuredProblem, rule: SmallCells) -> MeasuredProblem:
    """Leave out the change since a time with so few affected that it would tell their number."""
    if key in COUNTS_PEOPLE and rule.hides(measure.affected_since):
        return replace(measure, since=None, change=None)
    return measure
