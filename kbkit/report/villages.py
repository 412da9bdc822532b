"""Chapter on the area and its villages."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.results.findings import Findings
from kbkit.tables import tabulate_flow
from kbkit.text import Voice


def compose_villages(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """The area and how far Kampung KB and measurements cover it."""
    coverage = findings.coverage
    kinds = {"desa": coverage.desa, "kelurahan": coverage.kelurahan}
    there = [kind for kind, number in kinds.items() if number]
    villages = voice.say(
        f"report.villages_{there[0] if len(there) == 1 else 'both'}",
        **{kind: voice.count(number) for kind, number in kinds.items()},
    )
    text = voice.say(
        "report.villages_text",
        regency=findings.regency.name,
        districts=voice.count(coverage.districts),
        villages=villages,
    )
    return (
        Heading(level=1, text=voice.say("report.villages")),
        Paragraph(spans=plain(text)),
        tabulate_flow(findings, voice=voice),
    )
