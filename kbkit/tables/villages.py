"""Tables of villages: the flow from the register to the comparison, and the list of all."""

from __future__ import annotations

from kbkit.document import Column, Row, Table
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.tables.sources import computed_from, portal_source, registry_source
from kbkit.text import MISSING, Voice


def tabulate_flow(findings: Findings, *, voice: Voice) -> Table:
    """Villages of the register, with Kampung KB, with measured children, with both."""
    coverage, period = findings.coverage, findings.timing.latest_period
    steps = [
        (voice.say("tables.flow_all"), coverage.villages),
        (voice.say("tables.flow_kampung_kb"), coverage.with_kampung_kb),
        (
            voice.say("tables.flow_measured", period=voice.style.period(period) if period else MISSING),
            coverage.with_measurement,
        ),
        (voice.say("tables.flow_both"), coverage.with_both),
    ]
    return Table(
        name="villages_flow",
        title=voice.say("tables.villages_flow_title"),
        columns=(
            Column(title=voice.say("tables.flow_step"), weight=4),
            Column(title=voice.say("tables.flow_villages"), align="end"),
            Column(title=voice.say("tables.flow_share"), align="end"),
        ),
        rows=tuple(
            Row(
                cells=(
                    cells.label(step),
                    cells.count(villages, voice=voice),
                    cells.share(villages / coverage.villages, voice=voice),
                )
            )
            for step, villages in steps
        ),
        source=computed_from(
            voice.say("tables.source_register", vintage=findings.provenance.register_vintage),
            portal_source(findings, voice=voice),
            registry_source(findings, voice=voice),
            voice=voice,
        ),
    )


def tabulate_villages(findings: Findings, *, voice: Voice) -> Table:
    """Every village with its tier, indices and measuring coverage; no cases of single villages."""
    indices, children = voice.say("tables.indices"), voice.say("tables.children")
    rows = []
    district = None
    for village in findings.villages:
        if village.district_name != district:
            district = village.district_name
            rows.append(Row(kind="group", cells=(cells.label(district), *[cells.label("")] * 8)))
        rows.append(
            Row(
                cells=(
                    cells.label(village.code),
                    cells.label(village.name),
                    cells.label(voice.tier(village.tier) if village.tier else MISSING),
                    cells.decimal(village.index_input, voice=voice),
                    cells.decimal(village.index_process, voice=voice),
                    cells.decimal(village.index_output, voice=voice),
                    cells.count(village.children_target, voice=voice),
                    cells.count(village.children_measured, voice=voice),
                    cells.share(village.coverage, voice=voice),
                )
            )
        )
    return Table(
        name="village_list",
        title=voice.say("tables.village_list_title"),
        columns=(
            Column(title=voice.say("tables.code"), weight=1.9),
            Column(title=voice.say("tables.village"), weight=2.7),
            Column(title=voice.say("tables.tier"), weight=2.2),
            Column(title=voice.say("tables.input"), align="end", group=indices),
            Column(title=voice.say("tables.process"), align="end", group=indices),
            Column(title=voice.say("tables.output"), align="end", group=indices),
            Column(title=voice.say("tables.target"), align="end", group=children, weight=1.2),
            Column(title=voice.say("tables.measured"), align="end", group=children, weight=1.2),
            Column(title=voice.say("tables.coverage"), align="end", group=children, weight=1.2),
        ),
        rows=tuple(rows),
        notes=(voice.say("tables.note_coverage"),),
        source=computed_from(portal_source(findings, voice=voice), registry_source(findings, voice=voice), voice=voice),
    )
