"""Front matter: title page, data quality, introduction."""

from __future__ import annotations

import datetime as dt

from kbkit.document import Block, Box, Bullets, Document, Emblem, Heading, Paragraph, Tone, plain
from kbkit.domain.periods import last_day
from kbkit.report.letter import compose_letter
from kbkit.results.findings import Findings
from kbkit.tables import list_sources, tabulate_participants, tabulate_quality
from kbkit.text import Voice
from kbkit.text.narrative import quality_lines
from kbkit.text.stamp import stamp


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
        stamp=stamp(data_status=status, edition=findings.edition, language=voice.language),
        keywords=(voice.say("report.keyword_1"), voice.say("report.keyword_2"), regency.name),
        date=_date_of_data(findings),
        words=voice.document_words(),
        logo=emblem,
        letter=compose_letter(findings, voice=voice),
    )
    boxes: list[tuple[Tone, str, str]] = []
    if status != "actual":
        boxes.append(("simulated", voice.say("report.simulated_title"), voice.say(f"report.{status}")))
    if findings.edition == "internal":
        boxes.append(("caution", voice.say("disclosure.internal_title"), voice.say("disclosure.internal_text")))
    return document, *(
        Box(title=title, tone=tone, children=(Paragraph(spans=plain(text)),)) for tone, title, text in boxes
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
    edition = voice.say("disclosure.detail"), voice.say(f"disclosure.edition_{findings.edition}")
    return *((voice.say(f"report.detail_{name}"), value) for name, value in values.items()), edition


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
    files = voice.count(len(findings.provenance.files))
    said = voice.say("report.introduction_sources", files=files, annex=voice.say("report.annex_provenance"))
    return (
        Heading(level=1, text=voice.say("report.introduction")),
        Heading(level=2, text=voice.say("report.introduction_purpose_title")),
        Paragraph(spans=plain(purpose)),
        Heading(level=2, text=voice.say("report.introduction_basis_title")),
        Bullets(items=tuple(plain(voice.say(f"report.basis_{number}")) for number in (1, 2, 3)), ordered=True),
        Heading(level=2, text=voice.say("report.introduction_method_title")),
        Paragraph(spans=plain(method)),
        Heading(level=2, text=voice.say("report.introduction_sources_title")),
        Paragraph(spans=plain(said)),
        Bullets(items=tuple(plain(line) for line in list_sources(findings, voice=voice))),
    )
