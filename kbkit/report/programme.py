"""The programme as the data describe it: launches, organisation, data, money, activities; what is absent in one list.

The sections belong to the chapter on the area, after its coverage.
"""

from __future__ import annotations

from collections.abc import Iterable

from kbkit.document import Block, Bullets, Heading, Paragraph, plain
from kbkit.figures import draw_funding, draw_presences
from kbkit.results.findings import Findings
from kbkit.results.programme import Activities, DataTypesHeld, Funding, Launches, Programme
from kbkit.tables import tabulate_funding, tabulate_groups, tabulate_launches, tabulate_memberships
from kbkit.text import Voice
from kbkit.text.programme import (
    absent_parts,
    activity_sentences,
    funding_sentences,
    launch_sentences,
    pokja_sentences,
    type_sentences,
)


def compose_programme(findings: Findings, *, voice: Voice) -> tuple[Block, ...]:
    """Every part whose data are there, and one list of what to supply for the others."""
    programme = findings.programme
    return (
        *(_launches(findings, programme.launches, voice) if programme.launches else ()),
        *(_organisation(programme, voice) if programme.presences else ()),
        *(_types(programme.data_types, voice) if programme.data_types else ()),
        *(_funding(programme.funding, voice) if programme.funding else ()),
        *(_activities(programme.activities, voice) if programme.activities else ()),
        *_absent(programme, voice),
    )


def _launches(findings: Findings, launches: Launches, voice: Voice) -> tuple[Block, ...]:
    return (
        Heading(level=2, text=voice.say("programme.launches_heading"), name="programme"),
        _paragraph(launch_sentences(findings, launches, voice=voice)),
        tabulate_launches(launches, voice=voice),
    )


def _organisation(programme: Programme, voice: Voice) -> tuple[Block, ...]:
    pokja = (_paragraph(pokja_sentences(programme.pokja, voice=voice)),) if programme.pokja else ()
    return (
        Heading(level=2, text=voice.say("programme.organisation_heading")),
        _paragraph((voice.say("programme.organisation_text"),)),
        draw_presences(programme.presences, voice=voice),
        *pokja,
        *((tabulate_memberships(programme, voice=voice),) if programme.memberships else ()),
    )


def _types(types: DataTypesHeld, voice: Voice) -> tuple[Block, ...]:
    listed = voice.count(types.listed)
    text = voice.say("programme.types_text", mean=voice.style.decimal(types.mean_types, 1), listed=listed)
    note = voice.say(f"programme.types_{types.list_source}", listed=listed)
    lines = type_sentences(types, voice=voice)
    return (
        Heading(level=2, text=voice.say("programme.types_heading")),
        _paragraph((text,)),
        *((Bullets(items=tuple(plain(line) for line in lines)),) if lines else ()),
        Paragraph(spans=plain(note), style="note"),
    )


def _funding(funding: Funding, voice: Voice) -> tuple[Block, ...]:
    table = tabulate_funding(funding, voice=voice)
    return (
        Heading(level=2, text=voice.say("programme.funding_heading")),
        _paragraph(funding_sentences(funding, voice=voice)),
        *((draw_funding(funding, voice=voice, source=table.source), table) if funding.sources else ()),
    )


def _activities(activities: Activities, voice: Voice) -> tuple[Block, ...]:
    return (
        Heading(level=2, text=voice.say("programme.groups_heading")),
        _paragraph(activity_sentences(activities, voice=voice)),
        tabulate_groups(activities, voice=voice),
    )


def _absent(programme: Programme, voice: Voice) -> tuple[Block, ...]:
    lines = absent_parts(programme, voice=voice)
    if not lines:
        return ()
    return (
        Heading(level=2, text=voice.say("programme.absent_heading")),
        _paragraph((voice.say("programme.absent_text"),)),
        Bullets(items=tuple(plain(line) for line in lines)),
    )


def _paragraph(sentences: Iterable[str]) -> Paragraph:
    return Paragraph(spans=plain(" ".join(sentences)))
