"""The strip of key figures: each with its interval or total, its change since about a year before, and its source.

Targets and bands of public-health significance are set for surveys: only the survey's figure carries them.
"""

from __future__ import annotations

from kbkit.document import KeyFigure
from kbkit.domain.stunting import Severity
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.results.stunting import SurveyValue
from kbkit.results.targets import TargetGap
from kbkit.text import MISSING, Voice


def compose_key_figures(findings: Findings, *, voice: Voice) -> tuple[KeyFigure, ...]:
    """Registry and coverage, survey, villages with Kampung KB, difference a tier; what is absent is left out."""
    children = (_prevalence(findings, voice), _coverage(findings, voice)) if findings.stunting else ()
    survey = (_survey(findings, voice),) if findings.surveys else ()
    return *children, *survey, _villages(findings, voice), _slope(findings, voice)


def _prevalence(findings: Findings, voice: Voice) -> KeyFigure:
    assert findings.stunting is not None
    latest = findings.stunting.latest
    interval = voice.interval(latest.prevalence)
    return KeyFigure(
        label=voice.say("report.key_prevalence"),
        value=voice.prevalence(latest.prevalence),
        detail=_joined(
            voice.say("report.key_interval", level=voice.level(findings.level), interval=interval),
            voice.say("summary.key_registry", coverage=voice.style.percent(latest.coverage)),
            _change("stunted", 1, findings, voice),
        ),
    )


def _coverage(findings: Findings, voice: Voice) -> KeyFigure:
    assert findings.stunting is not None
    latest = findings.stunting.latest
    measured, target = voice.count(latest.children_measured), voice.count(latest.children_target)
    kind = "detail" if latest.target_is_whole else "part"
    return KeyFigure(
        label=voice.say("report.key_coverage"),
        value=voice.style.percent(latest.coverage),
        detail=_joined(
            voice.say(f"summary.key_coverage_{kind}", measured=measured, target=target),
            _change("unmeasured", -1, findings, voice),
        ),
    )


def _villages(findings: Findings, voice: Voice) -> KeyFigure:
    coverage = findings.coverage
    share = voice.style.percent(coverage.with_kampung_kb / coverage.villages)
    return KeyFigure(
        label=voice.say("report.key_kampung_kb"),
        value=voice.count(coverage.with_kampung_kb),
        detail=_joined(
            voice.say("report.key_of", total=voice.count(coverage.villages), share=share),
            _change("without_kampung_kb", -1, findings, voice) if findings.classification else "",
        ),
    )


def _change(key: str, sign: int, findings: Findings, voice: Voice) -> str:
    """The change of a problem's share since about a year before; of its opposite with ``sign`` -1."""
    problem = next((item for item in findings.priorities.problems if item.key == key), None)
    if problem is None or problem.change is None or problem.since is None:
        return ""
    change, since = voice.style.points(sign * problem.change), voice.style.time(problem.since)
    return voice.say("summary.key_since", change=change, since=since)


def _survey(findings: Findings, voice: Voice) -> KeyFigure:
    latest = [value for value in findings.surveys if value.year == findings.surveys[-1].year]
    return KeyFigure(
        label=voice.say("report.key_survey"),
        value=_values(latest, voice),
        detail=_joined(
            _published(latest, voice),
            _gap(findings, voice),
            _local_gap(findings, voice),
            _band(latest, voice),
            _before(findings, voice),
        ),
    )


def _published(latest: list[SurveyValue], voice: Voice) -> str:
    """Name the survey and its interval, or that publications disagree on it."""
    first = latest[0]
    if len({value.prevalence for value in latest}) > 1:
        number = voice.say("summary.key_survey_values", number=voice.count(len(latest)))
        return f"{first.survey} {first.year}; {number}"
    if first.lower is None:
        return voice.say("report.key_survey_detail", survey=first.survey, year=first.year)
    interval = voice.style.interval(first.lower, first.upper)
    return voice.say("report.key_survey_interval", survey=first.survey, year=first.year, interval=interval)


def _gap(findings: Findings, voice: Voice) -> str:
    """The gap to the first target of the survey's year or later."""
    if not findings.targets:
        return ""
    target = findings.targets[0]
    return voice.say(
        "summary.key_survey_gap",
        gap=_points(target, voice),
        target=voice.style.percent(target.prevalence),
        year=str(target.year),
        source=target.source,
    )


def _local_gap(findings: Findings, voice: Voice) -> str:
    """The gap to the regency's own target."""
    local = findings.local_target
    if local is None or local.gap is None:
        return ""
    target = voice.style.percent(local.prevalence)
    return voice.say("targets.key_gap", gap=_points(local.gap, voice), target=target, year=str(local.year))


def _points(gap: TargetGap, voice: Voice) -> str:
    if gap.gap_low == gap.gap_high:
        return voice.style.points(gap.gap_low)
    return voice.style.points_interval(gap.gap_low, gap.gap_high)


def _band(latest: list[SurveyValue], voice: Voice) -> str:
    order = [band.value for band in Severity]
    bands = sorted({value.band for value in latest}, key=order.index)
    lowest, highest = (voice.say(f"names.band_{band}") for band in (bands[0], bands[-1]))
    if len(bands) > 1:
        return voice.say("summary.key_survey_bands", lowest=lowest, highest=highest)
    return voice.say("summary.key_survey_band", band=lowest)


def _before(findings: Findings, voice: Voice) -> str:
    """The last earlier survey, named and not subtracted: surveys differ in method, and few print an interval."""
    earlier = [value for value in findings.surveys if value.year < findings.surveys[-1].year]
    if not earlier:
        return ""
    last = [value for value in earlier if value.year == earlier[-1].year]
    return voice.say(
        "summary.key_survey_before",
        prevalence=_values(last, voice),
        survey=last[-1].survey,
        year=str(last[-1].year),
    )


def _values(surveys: list[SurveyValue], voice: Voice) -> str:
    """The prevalence, or the span of those that publications of one survey give."""
    low, high = (choose(value.prevalence for value in surveys) for choose in (min, max))
    return voice.style.percent(low) if low == high else voice.style.interval(low, high)


def _slope(findings: Findings, voice: Voice) -> KeyFigure:
    model, label = findings.association.adjusted, voice.say("report.key_slope")
    if model is None or isinstance(model.slope, Undefined):
        return KeyFigure(label=label, value=MISSING, detail=voice.say("report.key_slope_withheld"))
    interval = voice.difference_interval(model.slope)
    return KeyFigure(
        label=label,
        value=voice.difference(model.slope),
        detail=_joined(
            voice.say("report.key_points"),
            voice.say("report.key_interval", level=voice.level(findings.level), interval=interval),
        ),
    )


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
