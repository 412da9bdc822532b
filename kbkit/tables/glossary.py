"""The words of a report and what they mean in it."""

from __future__ import annotations

from typing import Final

from kbkit.document import Column, Row, Table
from kbkit.tables import cells
from kbkit.text import Voice

TERMS: Final = (
    "kampung_kb",
    "tier",
    "rubric",
    "stunting",
    "prevalence",
    "registry",
    "coverage",
    "survey",
    "families_at_risk",
    "idm",
    "pokja",
    "poktan",
    "association",
    "adjusted",
    "points",
    "interval",
    "suppressed",
    "missing",
    "convergence",
    "agency",
)
"""Names of the terms, in the catalogues as ``glossary.<name>`` and ``glossary.<name>_means``."""


def tabulate_glossary(*, voice: Voice) -> Table:
    """Terms and their meaning, in the order of the alphabet of the report's language."""
    pairs = [(voice.say(f"glossary.{name}"), voice.say(f"glossary.{name}_means")) for name in TERMS]
    return Table(
        name="glossary",
        title=voice.say("glossary.title"),
        columns=(
            Column(title=voice.say("glossary.term"), weight=1.3),
            Column(title=voice.say("glossary.meaning"), weight=4),
        ),
        rows=tuple(
            Row(cells=(cells.label(term), cells.label(meaning)))
            for term, meaning in sorted(pairs, key=lambda pair: pair[0].casefold())
        ),
    )
