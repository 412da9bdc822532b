"""Sections on villages: shrunken prevalences, funnel, map."""

from __future__ import annotations

from kbkit.document import Block, Heading, Paragraph, plain
from kbkit.figures import draw_funnel, draw_map, draw_village_rates
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.results.small_areas import Funnel, SmallAreas
from kbkit.tables import tabulate_extreme_villages
from kbkit.text import Voice


def compose_villages_compared(findings: Findings, *, period: str, voice: Voice, source: str) -> tuple[Block, ...]:
    """Villages by their shrunken prevalence, and the funnel; or why there is nothing to order."""
    heading = Heading(level=2, text=voice.say("stunting.villages"))
    areas = findings.small_areas
    if isinstance(areas, Undefined):
        return heading, Paragraph(spans=plain(voice.say(f"stunting.villages_{areas.reason}")))
    regency = findings.regency.name
    return (
        heading,
        Paragraph(spans=plain(_explain(areas, voice))),
        draw_village_rates(areas, regency=regency, period=period, voice=voice, source=source),
        Paragraph(spans=plain(_read(areas, regency, voice))),
        *_funnel(areas, regency, period, voice, source),
        tabulate_extreme_villages(findings, areas, voice=voice, source=source),
    )


def _explain(areas: SmallAreas, voice: Voice) -> str:
    return voice.say(
        "stunting.shrinkage", mean=voice.style.percent(areas.prior_mean), children=voice.count(areas.prior_children)
    )


def _read(areas: SmallAreas, regency: str, voice: Voice) -> str:
    return voice.say(
        "stunting.rates_text",
        villages=voice.count(len(areas.rates)),
        above=voice.count(areas.count("above")),
        below=voice.count(areas.count("below")),
        between=voice.count(areas.count("between")),
        regency=regency,
        prevalence=voice.style.percent(areas.prevalence),
        overlapping=voice.count(areas.overlapping_highest),
        others=voice.count(len(areas.rates) - 1),
    )


def _funnel(areas: SmallAreas, regency: str, period: str, voice: Voice, source: str) -> tuple[Block, ...]:
    if not isinstance(areas.funnel, Funnel):
        return ()
    above, below = areas.count_funnel("above"), areas.count_funnel("below")
    text = voice.say(
        "stunting.funnel_text",
        outside=voice.count(above + below),
        villages=voice.count(len(areas.rates)),
        above=voice.count(above),
        below=voice.count(below),
        dispersion=voice.style.decimal(areas.funnel.overdispersion, 1),
        chance=voice.count(areas.funnel.outside_binomial),
    )
    figure = draw_funnel(areas, areas.funnel, regency=regency, period=period, voice=voice, source=source)
    return Paragraph(spans=plain(text)), figure


def compose_map(findings: Findings, *, period: str, voice: Voice, source: str) -> tuple[Block, ...]:
    """The map, or the tiles that stand for one."""
    figure = draw_map(findings, period=period, voice=voice, source=source)
    if figure is None:
        return ()
    text = voice.say("maps.text_boundaries" if findings.geography else "maps.text_tiles")
    return Heading(level=2, text=voice.say("maps.heading")), Paragraph(spans=plain(text)), figure
