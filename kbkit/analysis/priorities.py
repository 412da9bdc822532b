"""Priority problems of a regency, the draft of a joint plan, who does what, and what became of an earlier plan."""

from __future__ import annotations

import pandas as pd

from kbkit.analysis.convergence import describe_convergence
from kbkit.analysis.disclosure import SMALLEST_SHOWN
from kbkit.analysis.draft_plan import COUNTS_PEOPLE, draft_plan
from kbkit.analysis.problem_ranks import rank_problems
from kbkit.analysis.problems import MeasuredProblem, measure_problems
from kbkit.analysis.progress import describe_progress
from kbkit.dataset import RegencyData
from kbkit.domain.problems import PROBLEMS, PrioritySettings
from kbkit.results import Undefined
from kbkit.results.priorities import Priorities
from kbkit.results.provenance import Timing
from kbkit.results.small_areas import SmallAreas


def describe_priorities(
    data: RegencyData,
    *,
    panel: pd.DataFrame,
    small_areas: SmallAreas | Undefined,
    timing: Timing,
    settings: PrioritySettings | None = None,
) -> Priorities:
    """Order the problems that the data show and draft a plan for the first of them.

    Args:
        data: the regency's partition.
        panel: rows of :func:`~kbkit.analysis.panel.build_panel`.
        small_areas: villages with shrunken prevalences, or why they are not shown one by one.
        timing: dates of the newest data, against which an earlier plan is late or not.
        settings: weights, benchmarks and sizes; the defaults where not given.
    """
    settings = settings or PrioritySettings()
    rates = () if isinstance(small_areas, Undefined) else reversed(small_areas.rates)
    high = tuple(rate.village_code for rate in rates if rate.position == "above")
    measures = measure_problems(data, panel=panel, high=frozenset(high))
    shown = {key: measure for key, measure in measures.items() if measure is not None and not _small(key, measure)}
    problems = rank_problems(shown, settings=settings)
    planned = tuple(problem.key for problem in problems[: settings.planned] if problem.share > problem.benchmark)
    return Priorities(
        weights=(settings.weights.urgency, settings.weights.seriousness, settings.weights.growth),
        own_settings=settings != PrioritySettings(agencies=settings.agencies),
        problems=problems,
        not_measured=tuple(key for key in PROBLEMS if key not in shown),
        planned=planned,
        villages_named=settings.villages,
        items=draft_plan(planned, shown, high=high, most=settings.villages, data=data),
        agencies=settings.agencies,
        convergence=describe_convergence(data),
        progress=describe_progress(data, timing=timing),
    )


def _small(key: str, measure: MeasuredProblem) -> bool:
    """Return whether a problem has so few affected that its share would tell of single people."""
    return key in COUNTS_PEOPLE and 0 < measure.affected < SMALLEST_SHOWN
