"""The three suggestions of the summary page: who might do what, for the meeting to take, change or strike out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kbkit.domain.problems import PROBLEMS
from kbkit.results.findings import Findings
from kbkit.results.priorities import PlanItem
from kbkit.results.stunting import DistrictChildren
from kbkit.text.key_findings import coverage_doubt, lowered
from kbkit.text.voice import Voice

MOST: Final = 3
_NAMED: Final = 3
"""Villages that a suggestion names; the others are in the plan."""


def three_actions(findings: Findings, *, voice: Voice) -> tuple[str, ...]:
    """Return three suggestions: two of the plan and one on the data where both have any, else more of the other."""
    planned = findings.priorities.planned
    plan = [_plan_action(key, findings, voice) for key in planned]
    gaps = list(_gaps(findings, planned[:2], voice))
    habit = _say("action_snapshot", voice)
    return (*plan[:2], *gaps[:1], *plan[2:], *gaps[1:], habit)[:MOST]


def _plan_action(key: str, findings: Findings, voice: Voice) -> str:
    items = [item for item in findings.priorities.items if item.problem == key]
    intervention, agency = _usual(key, items)
    names = {
        "agency": voice.named("agencies", agency),
        "action": lowered(
            voice.named("interventions", intervention) if intervention else voice.say(f"priorities.{key}_task")
        ),
        "problem": lowered(voice.say(f"priorities.{key}")),
    }
    if not items:
        return voice.say("summary.action_plan_open", **names)
    villages = list(dict.fromkeys(item.village_name for item in items if item.intervention == intervention))
    return voice.say("summary.action_plan", villages=_listed(villages, voice), **names)


def _usual(key: str, items: list[PlanItem]) -> tuple[str | None, str]:
    """Return intervention and agency of the draft's first line, or the usual ones where it names no village."""
    if items:
        return items[0].intervention, items[0].lead_agency
    problem = PROBLEMS[key]
    return (problem.interventions[0] if problem.interventions else None), problem.agency


def _listed(villages: list[str], voice: Voice) -> str:
    names = ", ".join(villages[:_NAMED])
    more = len(villages) - _NAMED
    return names if more <= 0 else voice.say("summary.villages_and_more", names=names, more=voice.count(more))


def _gaps(findings: Findings, planned: tuple[str, ...], voice: Voice) -> Iterator[str]:
    """Yield what the data lack, the gravest first; what a suggestion of the plan already asks for is left out."""
    tiers, programme = findings.classification, findings.programme
    if findings.stunting is None:
        yield _say("action_supply_children", voice)
    if tiers is None:
        yield _say("action_supply_tiers", voice)
    if coverage_doubt(findings) == "low" and "unmeasured" not in planned:
        yield _coverage(findings, voice)
    if tiers and tiers.nothing_entered and "nothing_entered" not in planned:
        yield _say("action_empty", voice, number=voice.count(tiers.nothing_entered))
    if findings.quality.unmatched_rows:
        yield _say("action_unmatched", voice, number=voice.count(findings.quality.unmatched_rows))
    if programme.activities is None or programme.funding is None:
        yield _say("action_lists", voice)


def _coverage(findings: Findings, voice: Voice) -> str:
    assert findings.stunting is not None  # a coverage in doubt is a coverage
    latest = findings.stunting.latest
    lowest = min(findings.stunting.districts, key=_known_coverage)
    return _say(
        "action_coverage",
        voice,
        unmeasured=voice.count(latest.children_unmeasured),
        district=lowest.district_name,
        coverage=voice.style.percent(lowest.children.coverage),
    )


def _known_coverage(district: DistrictChildren) -> float:
    """Return a district's coverage; one without target comes last."""
    coverage = district.children.coverage
    return float("inf") if coverage is None else coverage


def _say(name: str, voice: Voice, **values: str) -> str:
    agencies = {key: voice.named("agencies", key) for key in ("health", "family_planning", "planning")}
    return voice.say(f"summary.{name}", **agencies, **values)
