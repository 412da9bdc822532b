"""Front matter: title page, executive summary, data quality, introduction."""

from __future__ import annotations

import datetime as dt

from kbkit.document import Block, Box, Bullets, Document, Emblem, Heading, KeyFigure, KeyFigures, Paragraph, plain
from kbkit.domain.periods import last_day
from kbkit.report.letter import compose_letter
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.tables import tabulate_participants, tabulate_quality, tabulate_sources
from kbkit.text import MISSING, Voice
from kbkit.text.narrative import answer, quality_lines, three_findings


def compose_title(findings: Findings, *, voice: Voice, emblem: Emblem | None = None) -> tuple[Block, ...]:
    """The document's properties and, where data are simulated, the warning that comes before all else."""
    regency, status = findings.regency, findings.provenance.data_status
    document = Document(
        language=voice.language,
        title=voice.say("report.title"),
        subtitle=voice.say("report.subtitle", regency=regency.name, province=regency.province_name),
        authors=(findings.office,) if findings.office else (),
        details=_details(findings, voice),
        running_head=voice.say("report.running_head", regency=regency.name),
        stamp="" if status == "actual" else voice.say(f"names.stamp_{status}"),
        keywords=(voice.say("report.keyword_1"), voice.say("report.keyword_2"), regency.name),
        date=_date_of_data(findings),
        words=voice.document_words(),
        logo=emblem,
        letter=compose_letter(findings, voice=voice),
    )
    if status == "actual":
        return (document,)
    return document, Box(
        title=voice.say("report.simulated_title"),
        tone="simulated",
        children=(Paragraph(spans=plain(voice.say(f"report.{status}"))),),
    )


def _date_of_data(findings: Findings) -> dt.date | None:
    """The last day that the data speak of."""
    timing = findings.timing
    days = [*timing.snapshot_dates, *(last_day(period) for period in timing.periods)]
    return max(days, default=None)


def _details(findings: Findings, voice: Voice) -> tuple[tuple[str, str], ...]:
    timing, provenance = findings.timing, findings.provenance
    none = voice.say("report.none")
    values = {
        "snapshot": voice.style.date(timing.latest_snapshot) if timing.latest_snapshot else none,
        "period": ", ".join(voice.style.period(period) for period in timing.periods) or none,
        "register": f"{findings.regency.code} · {provenance.register_name}, {provenance.register_vintage}",
        "status": voice.say(f"names.status_{provenance.data_status}"),
        "tool": f"kbkit {provenance.tool_version}",
        "plan": provenance.plan_hash,
    }
    return tuple((voice.say(f"report.detail_{name}"), value) for name, value in values.items())


def compose_summary(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Key figures, the answer, the findings, and why or what to bear in mind."""
    blocks: list[Block] = [
        Heading(level=1, text=voice.say("report.summary"), numbering="none", name="summary"),
        Paragraph(spans=plain(answer(findings, voice=voice)), style="lead"),
        KeyFigures(items=_key_figures(findings, voice)),
        Bullets(items=tuple(plain(sentence) for sentence in three_findings(findings, voice=voice))),
    ]
    association = findings.association
    if association.reasons:
        blocks.append(_reasons_box("report.reasons_title", association.reasons, voice))
    if association.deviations:
        blocks.append(_reasons_box("report.deviations_title", association.deviations, voice))
    if association.cautions:
        blocks.append(_reasons_box("report.cautions_title", association.cautions, voice))
    limits = voice.say("report.limits_short", title=voice.say("limits.title"))
    blocks.append(Paragraph(spans=plain(limits), style="note"))
    return tuple(blocks)


def _reasons_box(title: str, reasons: tuple[Undefined, ...], voice: Voice) -> Box:
    items = tuple(plain(voice.reason(reason)) for reason in reasons)
    return Box(title=voice.say(title), tone="caution", children=(Bullets(items=items),))


def _key_figures(findings: Findings, voice: Voice) -> tuple[KeyFigure, ...]:
    return (*_children_figures(findings, voice), _village_figure(findings, voice), *_answers(findings, voice))


def _children_figures(findings: Findings, voice: Voice) -> tuple[KeyFigure, ...]:
    if findings.stunting is None:
        return ()
    latest, level = findings.stunting.latest, voice.level(findings.level)
    target, measured = voice.count(latest.children_target), voice.count(latest.children_measured)
    return (
        KeyFigure(
            label=voice.say("report.key_prevalence"),
            value=voice.prevalence(latest.prevalence),
            detail=voice.say("report.key_interval", level=level, interval=voice.interval(latest.prevalence)),
        ),
        KeyFigure(
            label=voice.say("report.key_coverage"),
            value=voice.style.percent(latest.coverage),
            detail=voice.say("report.key_measured", measured=measured, target=target),
        ),
    )


def _village_figure(findings: Findings, voice: Voice) -> KeyFigure:
    coverage = findings.coverage
    share = voice.style.percent(coverage.with_kampung_kb / coverage.villages)
    return KeyFigure(
        label=voice.say("report.key_kampung_kb"),
        value=voice.count(coverage.with_kampung_kb),
        detail=voice.say("report.key_of", total=voice.count(coverage.villages), share=share),
    )


def _answers(findings: Findings, voice: Voice) -> tuple[KeyFigure, ...]:
    figures = [_slope_figure(findings, voice)]
    if findings.surveys:
        survey = findings.surveys[-1]
        key = "report.key_survey_detail" if survey.lower is None else "report.key_survey_interval"
        interval = {} if survey.lower is None else {"interval": voice.style.interval(survey.lower, survey.upper)}
        figures.append(
            KeyFigure(
                label=voice.say("report.key_survey"),
                value=voice.style.percent(survey.prevalence),
                detail=voice.say(key, survey=survey.survey, year=survey.year, **interval),
            )
        )
    return tuple(figures)


def _slope_figure(findings: Findings, voice: Voice) -> KeyFigure:
    model, label = findings.association.adjusted, voice.say("report.key_slope")
    if model is None or isinstance(model.slope, Undefined):
        return KeyFigure(label=label, value=MISSING, detail=voice.say("report.key_slope_withheld"))
    interval = voice.say(
        "report.key_interval", level=voice.level(findings.level), interval=voice.difference_interval(model.slope)
    )
    return KeyFigure(
        label=label, value=voice.difference(model.slope), detail=f"{voice.say('report.key_points')}; {interval}"
    )


def compose_quality(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """The data-quality box, before any result."""
    lines = tuple(plain(line) for line in quality_lines(findings, voice=voice))
    blocks: list[Block] = [
        Heading(level=1, text=voice.say("report.quality"), numbering="none"),
        Paragraph(spans=plain(voice.say("report.quality_intro"))),
        Box(title=voice.say("report.quality"), tone="neutral", children=(Bullets(items=lines),)),
    ]
    blocks.append(tabulate_participants(findings, voice=voice))
    if findings.quality.items:
        blocks.append(tabulate_quality(findings, voice=voice))
    return tuple(blocks)


def compose_introduction(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Purpose, legal basis, how to read the figures, sources."""
    purpose = voice.say("report.introduction_purpose", regency=findings.regency.name)
    method = voice.say("report.introduction_method", level=voice.level(findings.level))
    return (
        Heading(level=1, text=voice.say("report.introduction")),
        Heading(level=2, text=voice.say("report.introduction_purpose_title")),
        Paragraph(spans=plain(purpose)),
        Heading(level=2, text=voice.say("report.introduction_basis_title")),
        Bullets(items=tuple(plain(voice.say(f"report.basis_{number}")) for number in (1, 2, 3)), ordered=True),
        Heading(level=2, text=voice.say("report.introduction_method_title")),
        Paragraph(spans=plain(method)),
        Heading(level=2, text=voice.say("report.introduction_sources_title")),
        tabulate_sources(findings, voice=voice),
    )
