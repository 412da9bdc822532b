"""Chapter on the area and its villages."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.results.findings import Findings
from kbkit.tables import tabulate_flow
from kbkit.text import Voice


def compose_villages(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """The area and how far Kampung KB and measurements cover it."""
    coverage = findings.coverage
    text = voice.say(
        "report.villages_text",
        regency=findings.regency.name,
        districts=voice.count(coverage.districts),
        desa=voice.count(coverage.desa),
        kelurahan=voice.count(coverage.kelurahan),
    )
    return (
        Heading(level=1, text=voice.say("report.villages")),
        Paragraph(spans=plain(text)),
        tabulate_flow(findings, voice=voice),
    )
