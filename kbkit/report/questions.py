"""Ten questions of whoever decides, and where this report answers each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kbkit.document import Block, Bullets, Figure, Heading, Paragraph, Span, Spans, Table, plain
from kbkit.text import Voice

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "where_first": ("village_rates", "joint_plan_draft", "children_by_district", "tiers_by_district"),
    "which_agency": ("convergence", "joint_plan_draft", "plan"),
    "is_it_helping": ("tier_models", "comparison_rules", "summary"),
    "can_i_trust_it": ("sensitivity", "data_quality", "comparison_rules", "participants", "sources"),
    "on_target": ("survey_path", "targets", "surveys"),
    "what_changed": ("plan_progress", "tier_transition", "children_by_period", "tier_snapshots"),
    "not_measured": ("village_list", "participants"),
    "whose_money": ("funding_sources", "programme_groups"),
    "what_to_sign": ("joint_plan_draft", "plan"),
    "who_answers": ("sources", "checklist"),
}
"""Question -> names of tables, figures and headings that answer it, the best first."""

NAMED: Final = 2
"""Places that are named to a question: a reader in a hurry follows one, and is glad of a second."""


def compose_questions(blocks: Iterable[Block], *, voice: Voice) -> tuple[Block, ...]:
    """Name the places of a report that answer each question; where none does, say what data would.

    Args:
        blocks: of the report, in its order.
        voice: language of the report.
    """
    titles = name_places(blocks)
    return (
        Heading(level=1, text=voice.say("questions.title"), numbering="none", name="questions"),
        Paragraph(spans=plain(voice.say("questions.intro"))),
        Bullets(items=tuple(_answer(question, titles, voice) for question in PLACES), ordered=True),
    )


def name_places(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the title of everything that a link can lead to, by name; of a figure and its table, the table."""
    titles: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, Table | Figure):
            titles[block.name] = block.title
        elif isinstance(block, Heading) and block.name:
            titles[block.name] = block.text
    return titles


def _answer(question: str, titles: Mapping[str, str], voice: Voice) -> Spans:
    asked = Span(text=voice.say(f"questions.{question}"), style="strong")
    places = [name for name in PLACES[question] if name in titles][:NAMED]
    if not places:
        return asked, Span(text=f" {voice.say('questions.none')} {voice.say(f'questions.{question}_supply')}")
    links = [Span(text=titles[name], href=f"#{name}") for name in places]
    between = [Span(text="; ") for _ in links]
    listed = [span for pair in zip(links, between, strict=True) for span in pair][:-1]
    return asked, Span(text=f" {voice.say(f'questions.{question}_answer')} "), *listed, Span(text=".")
