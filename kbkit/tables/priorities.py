"""Tables of the joint plan: problems in order, the draft, progress of an earlier plan."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.domain.problems import PROBLEMS
from kbkit.results.findings import Findings
from kbkit.results.priorities import AgencyProgress, PlanItem, Priorities, Progress, RankedProblem
from kbkit.tables import cells
from kbkit.tables.families import semester
from kbkit.tables.sources import computed_from, portal_source, registry_source
from kbkit.text import MISSING, Voice

_PROGRESS = ("planned", "done", "running", "late", "dropped", "not_reported", "changed")


def tabulate_problems(findings: Findings, priorities: Priorities, *, voice: Voice) -> Table:
    """Problems in their order, with the numbers behind each score."""
    group = voice.say("priorities.scores")
    return Table(
        name="priority_problems",
        title=voice.say("priorities.problems_title"),
        columns=(
            Column(title=voice.say("priorities.problem"), weight=2.6),
            Column(title=voice.say("priorities.affected"), align="end", weight=2.2),
            Column(title=voice.say("priorities.share"), align="end", weight=1.1),
            Column(title=voice.say("priorities.benchmark"), align="end", weight=1.2),
            Column(title=voice.say("priorities.change"), align="end", weight=1.3),
            *(
                Column(title=voice.say(f"priorities.score_{name}"), align="end", group=group, weight=0.5)
                for name in ("urgency", "seriousness", "growth")
            ),
            Column(title=voice.say("priorities.priority"), align="end", weight=1.1),
            Column(title=voice.say("priorities.rank_range"), align="end", weight=1.1),
        ),
        rows=tuple(_problem_row(problem, voice) for problem in priorities.problems),
        notes=(
            voice.say("priorities.note_cuts"),
            voice.say("priorities.note_ranks"),
            *_notes_on_populations(findings, priorities, voice),
        ),
        source=_source(findings, voice),
    )


def _notes_on_populations(findings: Findings, priorities: Priorities, voice: Voice) -> tuple[str, ...]:
    """Say where a number is of other families or children than elsewhere in the report."""
    ranked = {problem.key: problem for problem in priorities.problems}
    notes = [voice.say("priorities.note_four_too")] if "four_too" in ranked and findings.families else []
    latest = findings.stunting.latest if findings.stunting else None
    if latest and "unmeasured" in ranked:
        unmeasured = latest.children_unmeasured
        if unmeasured != ranked["unmeasured"].affected:
            notes.append(voice.say("priorities.note_unmeasured", unmeasured=voice.count(unmeasured)))
    return tuple(notes)


def _problem_row(problem: RankedProblem, voice: Voice) -> Row:
    affected = voice.say(
        "priorities.affected_of", affected=voice.count(problem.affected), population=voice.count(problem.population)
    )
    places = voice.say(
        "priorities.rank_range_item",
        rank=voice.count(problem.rank),
        best=voice.count(problem.rank_best),
        worst=voice.count(problem.rank_worst),
    )
    growth = cells.count(problem.growth, voice=voice) if problem.change is not None else Cell(text=MISSING)
    return Row(
        cells=(
            cells.label(voice.say(f"priorities.{problem.key}")),
            Cell(text=affected, value=problem.affected),
            cells.share(problem.share, voice=voice),
            cells.share(problem.benchmark, voice=voice),
            Cell(text=voice.style.points(problem.change), value=problem.change),
            cells.count(problem.urgency, voice=voice),
            cells.count(problem.seriousness, voice=voice),
            growth,
            cells.decimal(problem.priority, voice=voice),
            Cell(text=places, value=problem.rank),
        )
    )


def tabulate_measures(priorities: Priorities, *, voice: Voice) -> Table:
    """What each problem counts, when, and where its benchmark comes from."""
    return Table(
        name="problem_measures",
        title=voice.say("priorities.measures_title"),
        columns=(
            Column(title=voice.say("priorities.problem"), weight=1.6),
            Column(title=voice.say("priorities.measure"), weight=2.6),
            Column(title=voice.say("priorities.time"), weight=1.2),
            Column(title=voice.say("priorities.benchmark"), weight=2.2),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(voice.say(f"priorities.{problem.key}")),
                    cells.label(voice.say(f"priorities.{problem.key}_measure")),
                    cells.label(voice.style.time(problem.time)),
                    cells.label(_basis(problem, voice)),
                )
            )
            for problem in priorities.problems
        ),
    )


def _basis(problem: RankedProblem, voice: Voice) -> str:
    if problem.benchmark == PROBLEMS[problem.key].benchmark:
        return voice.say(f"priorities.{problem.key}_basis")
    return voice.say("priorities.own_basis", value=voice.style.percent(problem.benchmark))


def tabulate_plan(findings: Findings, priorities: Priorities, *, voice: Voice) -> Table:
    """The draft: a line a village, problem and intervention."""
    return Table(
        name="joint_plan_draft",
        title=voice.say("priorities.items_title"),
        columns=(
            Column(title=voice.say("priorities.item_village"), weight=1.6),
            Column(title=voice.say("tables.district"), weight=1.4),
            Column(title=voice.say("priorities.item_action"), weight=2.6),
            Column(title=voice.say("priorities.item_kind"), weight=1.1),
            Column(title=voice.say("priorities.item_agency"), weight=1.5),
            Column(title=voice.say("priorities.item_volume"), align="end", weight=1.0),
            Column(title=voice.say("priorities.item_funding"), weight=1.6),
        ),
        rows=tuple(row for key in priorities.planned for row in _planned_rows(key, priorities, voice)),
        notes=(voice.say("priorities.note_items"),),
        source=_source(findings, voice),
    )


def _planned_rows(key: str, priorities: Priorities, voice: Voice) -> list[Row]:
    """One row a village and leading agency: what one agency does in a village is read together."""
    together: dict[tuple[str, str], list[PlanItem]] = {}
    for item in priorities.items:
        if item.problem == key:
            together.setdefault((item.village_code, item.lead_agency), []).append(item)
    head = Row(kind="group", cells=(cells.label(voice.say(f"priorities.{key}")), *(Cell(text="") for _ in range(6))))
    return [head, *(_item_row(items, voice) for items in together.values())] if together else []


def _item_row(items: list[PlanItem], voice: Voice) -> Row:
    first = items[0]
    kinds = dict.fromkeys(voice.say(f"priorities.kind_{item.kind}") for item in items if item.kind)
    return Row(
        cells=(
            cells.label(first.village_name),
            cells.label(first.district_name),
            cells.label("; ".join(describe_action(item, voice=voice) for item in items)),
            cells.label(", ".join(kinds) or MISSING),
            cells.label(voice.named("agencies", f"{first.lead_agency}_short", first.lead_agency)),
            cells.count(first.volume, voice=voice),
            cells.label(_funding(first, voice)),
        )
    )


def _funding(item: PlanItem, voice: Voice) -> str:
    """Name one or two sources, count more."""
    if len(item.funding) > 2:
        return voice.say("priorities.several_sources", count=len(item.funding), number=voice.count(len(item.funding)))
    return ", ".join(voice.named("funding", f"source_{source}") for source in item.funding) or MISSING


def describe_action(item: PlanItem, *, voice: Voice) -> str:
    """Name what is to be done: the intervention, or the task of management of the problem."""
    if item.intervention is None:
        return voice.say(f"priorities.{item.problem}_task")
    return voice.named("interventions", item.intervention)


def tabulate_progress(progress: Progress, *, voice: Voice) -> Table:
    """What became of an earlier plan, by agency."""
    return Table(
        name="plan_progress",
        title=voice.say("priorities.progress_title", as_of=voice.style.date(progress.as_of)),
        columns=(
            Column(title=voice.say("priorities.progress_agency"), weight=2.4),
            *(Column(title=voice.say(f"priorities.progress_{name}"), align="end") for name in _PROGRESS),
        ),
        rows=(
            *(_progress_row(line, voice.named("agencies", line.agency), voice) for line in progress.agencies),
            Row(kind="total", cells=_progress_row(progress.total, voice.say("tables.total"), voice).cells),
        ),
        notes=(voice.say("priorities.note_progress"),),
        source=computed_from(voice.say("priorities.progress_source"), voice=voice),
    )


def _progress_row(line: AgencyProgress, label: str, voice: Voice) -> Row:
    return Row(cells=(cells.label(label), *(cells.count(getattr(line, name), voice=voice) for name in _PROGRESS)))


def _source(findings: Findings, voice: Voice) -> str:
    families = findings.families
    survey = voice.say("priorities.source_families", semester=semester(families, voice=voice)) if families else ""
    named = (registry_source(findings, voice=voice), portal_source(findings, voice=voice), survey)
    return computed_from(*named, voice=voice)
