"""Narrative rules: findings to sentences. What is said follows from the findings by rules that are tested."""

from __future__ import annotations

from kbkit.results import Contrast, Estimate, Undefined
from kbkit.results.findings import Findings
from kbkit.results.stunting import TierProfile
from kbkit.text.numbers import MISSING
from kbkit.text.voice import Voice


def answer(findings: Findings, *, voice: Voice) -> str:
    """The honest answer in one sentence, or two: what the association is and how sure, or that it cannot be told."""
    association, regency = findings.association, findings.regency.name
    if association.verdict == "withheld":
        return voice.say("report.answer_withheld", regency=regency)
    model = association.adjusted
    if model is None or isinstance(model.slope, Undefined) or not isinstance(model.detectable, float):
        return voice.say("report.answer_unclear_without_detectable", regency=regency)
    return voice.say(
        f"report.answer_{association.verdict}",
        regency=regency,
        level=voice.level(findings.level),
        **_slope_words(model.slope, voice),
        **({"detectable": points(model.detectable, voice=voice)} if association.verdict == "unclear" else {}),
    )


def _slope_words(slope: Contrast, voice: Voice) -> dict[str, str]:
    return {"difference": voice.difference(slope), "interval": voice.difference_interval(slope)}


def points(value: float, *, voice: Voice) -> str:
    """A size of a difference in points, without sign."""
    return voice.style.decimal(100 * abs(value), 1)


def three_findings(findings: Findings, *, voice: Voice) -> tuple[str, ...]:
    """The findings that the summary names: villages, children, and what the adjustment changed."""
    return tuple(
        sentence
        for sentence in (_villages(findings, voice), _children(findings, voice), _adjustment(findings, voice))
        if sentence
    )


def _villages(findings: Findings, voice: Voice) -> str:
    villages = voice.count(findings.coverage.villages)
    if findings.classification is None:
        return voice.say("report.finding_no_tiers", villages=villages)
    counts = findings.classification.total
    return voice.say(
        "report.finding_villages",
        villages=villages,
        with_kampung_kb=voice.count(findings.coverage.with_kampung_kb),
        berkelanjutan=voice.count(counts.berkelanjutan),
        dasar=voice.count(counts.dasar),
    )


def _children(findings: Findings, voice: Voice) -> str:
    if findings.stunting is None or findings.timing.latest_period is None:
        return voice.say("report.finding_no_children")
    latest = findings.stunting.latest
    words = {
        "period": voice.style.period(findings.timing.latest_period),
        "measured": voice.count(latest.children_measured),
        "stunted": voice.count(latest.children_stunted),
        "prevalence": voice.prevalence(latest.prevalence),
    }
    if latest.children_target is None:
        return voice.say("report.finding_children_no_target", **words)
    target, coverage = voice.count(latest.children_target), voice.style.percent(latest.coverage)
    part = "" if latest.target_is_whole else "_part"
    return voice.say(f"report.finding_children{part}", target=target, coverage=coverage, **words)


def _adjustment(findings: Findings, voice: Voice) -> str:
    crude, adjusted = findings.association.crude, findings.association.adjusted
    if crude is None or adjusted is None:
        return ""
    if isinstance(crude.slope, Undefined) or isinstance(adjusted.slope, Undefined):
        return ""
    return voice.say(
        "report.finding_crude", crude=voice.difference(crude.slope), adjusted=voice.difference(adjusted.slope)
    )


def quality_lines(findings: Findings, *, voice: Voice) -> tuple[str, ...]:
    """What the data-quality box says, before any result."""
    return (*_coverage_lines(findings, voice), _match_line(findings, voice), *_tier_lines(findings, voice))


def _coverage_lines(findings: Findings, voice: Voice) -> tuple[str, ...]:
    if findings.stunting is None or findings.timing.latest_period is None:
        return (voice.say("report.finding_no_children"),)
    latest, coverage = findings.stunting.latest, findings.coverage
    lines = [
        voice.say(
            "report.quality_coverage" if latest.target_is_whole else "report.quality_coverage_part",
            period=voice.style.period(findings.timing.latest_period),
            measured=voice.count(latest.children_measured),
            target=voice.count(latest.children_target),
            coverage=voice.style.percent(latest.coverage),
        )
    ]
    if any(caution.reason == "coverage_low" for caution in findings.association.cautions):
        lines.append(voice.say("report.quality_coverage_low"))
    if coverage.zero_cases or coverage.target_zero:
        zero, target_zero = voice.count(coverage.zero_cases), voice.count(coverage.target_zero)
        lines.append(voice.say("report.quality_zero", zero=zero, target_zero=target_zero))
    return tuple(lines)


def _match_line(findings: Findings, voice: Voice) -> str:
    quality = findings.quality
    if quality.unmatched_rows == 0:
        return voice.say("report.quality_all_matched")
    rows, children = voice.count(quality.unmatched_rows), voice.count(quality.unmatched_children_measured)
    return voice.say("report.quality_unmatched", rows=rows, children=children)


def _tier_lines(findings: Findings, voice: Voice) -> tuple[str, ...]:
    tiers = findings.classification
    if tiers is None:
        return ()
    total = voice.count(tiers.recomputed_equal + tiers.recomputed_different)
    lines = [voice.say("report.quality_rubric", equal=voice.count(tiers.recomputed_equal), total=total)]
    if tiers.nothing_entered:
        lines.append(voice.say("report.quality_nothing_entered", count=voice.count(tiers.nothing_entered)))
    if tiers.unmet_need_artefact:
        lines.append(voice.say("report.quality_artefact", count=voice.count(tiers.unmet_need_artefact)))
    return tuple(lines)


def limits(findings: Findings, *, voice: Voice) -> tuple[tuple[str, str], ...]:
    """The six limits as title and text, with this regency's numbers where there are any."""
    rubric = findings.classification.rubric_version if findings.classification else MISSING
    texts = {
        "association": voice.say("limits.association"),
        "rubric": voice.say("limits.rubric", rubric=rubric),
        "selection": _with_numbers("selection", "toilet_unimproved", findings.profiles, voice),
        "detection": _with_numbers("detection", "coverage", findings.profiles, voice),
        "sources": _sources(findings, voice),
        "ecological": voice.say("limits.ecological"),
    }
    return tuple((voice.say(f"limits.{name}_title"), text) for name, text in texts.items())


def _with_numbers(name: str, quantity: str, profiles: tuple[TierProfile, ...], voice: Voice) -> str:
    """Add the quantity of the lowest and the highest tier, where both are known."""
    text = voice.say(f"limits.{name}")
    ends = [getattr(profile, quantity) for profile in (profiles[0], profiles[-1])] if profiles else [None]
    if not all(isinstance(end, float) for end in ends):
        return text
    lowest, highest = (voice.style.percent(end) for end in ends)
    return f"{text} {voice.say(f'limits.{name}_numbers', lowest=lowest, highest=highest)}"


def _sources(findings: Findings, voice: Voice) -> str:
    text = voice.say("limits.sources")
    prevalence = findings.stunting.latest.prevalence if findings.stunting else None
    if not findings.surveys or not isinstance(prevalence, Estimate) or findings.timing.latest_period is None:
        return text
    survey = findings.surveys[-1]
    numbers = voice.say(
        "limits.sources_numbers",
        period=voice.style.period(findings.timing.latest_period),
        registry=voice.prevalence(prevalence),
        survey=survey.survey,
        year=survey.year,
        prevalence=voice.style.percent(survey.prevalence),
    )
    return f"{text} {numbers}"


def next_steps(findings: Findings, *, voice: Voice) -> tuple[str, ...]:
    """What to mend in the data before the next report."""
    steps = []
    if any(caution.reason in ("coverage_low", "coverage_gap") for caution in findings.association.cautions):
        steps.append(voice.say("report.next_coverage"))
    if findings.classification and findings.classification.nothing_entered:
        steps.append(voice.say("report.next_empty", count=voice.count(findings.classification.nothing_entered)))
    if findings.quality.unmatched_rows:
        steps.append(voice.say("report.next_unmatched", rows=voice.count(findings.quality.unmatched_rows)))
    return (*steps, voice.say("report.next_snapshot"))
