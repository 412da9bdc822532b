"""Chapter on tiers."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.figures import draw_tiers_by_district
from kbkit.results.findings import Findings
from kbkit.tables import tabulate_snapshots, tabulate_tiers_by_district
from kbkit.text import Voice


def compose_classification(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Tiers by district and their moves; one line on what to supply where there are none."""
    heading = Heading(level=1, text=voice.say("report.classification"))
    tiers = findings.classification
    if tiers is None:
        return heading, Paragraph(spans=plain(voice.say("report.classification_none")))
    table = tabulate_tiers_by_district(findings, tiers, voice=voice)
    date = voice.style.date(tiers.snapshots[-1].snapshot_date)
    blocks: list[Block] = [
        heading,
        Paragraph(spans=plain(voice.say("report.classification_text", date=date))),
        Heading(level=2, text=voice.say("report.classification_by_district")),
        draw_tiers_by_district(tiers, voice=voice, source=table.source),
        table,
    ]
    if len(tiers.snapshots) > 1:
        blocks += [
            Heading(level=2, text=voice.say("report.classification_moves")),
            Paragraph(spans=plain(voice.say("report.classification_moves_text"))),
            tabulate_snapshots(findings, tiers, voice=voice),
        ]
    return tuple(blocks)
