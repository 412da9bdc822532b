"""The three findings of the summary page: the first three rules that apply, in the order of what a reader needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kbkit.domain.stunting import COVERAGE_IMPLAUSIBLE, COVERAGE_LOW
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.text.narrative import three_findings
from kbkit.text.survey_gap import doubt_of_side
from kbkit.text.voice import Voice

MOST: Final = 3


def key_findings(findings: Findings, *, voice: Voice) -> tuple[str, ...]:
    """Return three findings: what stands out by rule, then plain description where less than three stand out."""
    flagged = [sentence for rule in _RULES if (sentence := rule(findings, voice))]
    return (*flagged, *three_findings(findings, voice=voice))[:MOST]


def coverage_doubt(findings: Findings) -> str:
    """Return ``"low"``, ``"implausible"``, or nothing: what the share of measured children makes doubtful."""
    coverage = findings.stunting.latest.coverage if findings.stunting else None
    if coverage is None:
        return ""
    return "low" if coverage < COVERAGE_LOW else "implausible" if coverage > COVERAGE_IMPLAUSIBLE else ""


def _coverage(findings: Findings, voice: Voice) -> str:
    doubt, period = coverage_doubt(findings), findings.timing.latest_period
    if not doubt or findings.stunting is None or period is None:
        return ""
    latest = findings.stunting.latest
    part = "_part" if doubt == "low" and not latest.target_is_whole else ""
    return voice.say(
        f"summary.finding_coverage_{doubt}{part}",
        coverage=voice.style.percent(latest.coverage),
        period=voice.style.period(period),
        unmeasured=voice.count(latest.children_unmeasured),
    )


def _first_problem(findings: Findings, voice: Voice) -> str:
    """The first problem beyond its benchmark; children not measured are told by the rule before, where it applies."""
    told = {"unmeasured"} if coverage_doubt(findings) == "low" else set()
    problems = findings.priorities.problems
    first = next((item for item in problems if item.key not in told and item.share > item.benchmark), None)
    if first is None:
        return ""
    return voice.say(
        "summary.finding_problem",
        measure=lowered(voice.say(f"priorities.{first.key}_measure")),
        affected=voice.count(first.affected),
        population=voice.count(first.population),
        share=voice.style.percent(first.share),
        benchmark=voice.style.percent(first.benchmark),
    )


def lowered(name: str) -> str:
    """Return a name for the middle of a sentence; an abbreviation at its head stays as it is."""
    head, _, rest = name.partition(" ")
    return name if head.isupper() else f"{head[:1].lower()}{head[1:]} {rest}".strip()


def _villages_above(findings: Findings, voice: Voice) -> str:
    areas = findings.small_areas
    if isinstance(areas, Undefined) or not areas.count("above"):
        return ""
    return voice.say(
        "summary.finding_above",
        number=voice.count(areas.count("above")),
        villages=voice.count(len(areas.rates)),
        regency=findings.regency.name,
        prevalence=voice.style.percent(areas.prevalence),
    )


def _survey(findings: Findings, voice: Voice) -> str:
    """Above the nearest target by every published value of the latest survey."""
    if not findings.targets or findings.targets[0].gap_low <= 0:
        return ""
    target = findings.targets[0]
    low, high = (voice.style.decimal(100 * gap, 1) for gap in (target.gap_low, target.gap_high))
    doubt = doubt_of_side(target, findings.surveys, voice=voice)
    sentence = voice.say(
        "summary.finding_survey",
        survey=target.survey,
        year=str(target.survey_year),
        gap=low if low == high else f"{low}–{high}",
        target=voice.style.percent(target.prevalence),
        target_year=str(target.year),
        source=target.source,
    )
    return f"{sentence} {doubt}".rstrip()


def _weakest(findings: Findings, voice: Voice) -> str:
    scores = findings.classification.scores if findings.classification else None
    if scores is None:
        return ""
    spread = next(spread for spread in scores.spreads if spread.score == scores.weakest)
    name, attained = voice.say(f"classification.{spread.score}"), voice.style.percent(spread.attained, 0)
    return voice.say("summary.finding_weakest", score=lowered(name), attained=attained)


_RULES: Final[tuple[Callable[[Findings, Voice], str], ...]] = (
    _coverage,
    _first_problem,
    _villages_above,
    _survey,
    _weakest,
)
