"""Why a quantity is not there, or what weakens it, in words."""

from __future__ import annotations

from typing import Any, Final

from kbkit.results import Undefined
from kbkit.text.catalogue import Catalogue, Language
from kbkit.text.numbers import Style

_NAMES: Final = dict.fromkeys(("tier", "tiers", "lowest_tier", "highest_tier"), "names.tier") | {
    "terms": "names.term",
    "specifications": "names.specification",
    "field": "plan.field",
    "quantity": "circularity.barred",
}
"""Detail -> where the words of its names stand."""


def describe_reason(undefined: Undefined, *, language: Language) -> str:
    """Return the sentence of a reason, its numbers in the style of the language.

    A detail's name says how it is written: ``…_share`` is a proportion shown as percent, ``tier…``, ``terms`` and the
    others of :data:`_NAMES` are comma-separated names from the catalogue, whole numbers are counts, other numbers have
    one decimal, ``p`` three.
    """
    catalogue, style = Catalogue(language), Style(language)
    values: dict[str, Any] = {name: _write(name, value, catalogue, style) for name, value in undefined.details.items()}
    return catalogue.say(f"reasons.{undefined.reason}", **values)


def _write(name: str, value: float | str, catalogue: Catalogue, style: Style) -> str:
    if isinstance(value, str):
        topic = _NAMES.get(name)
        return ", ".join(_name(topic, part.strip(), catalogue) for part in value.split(",")) if topic else value
    if name.endswith("_share"):
        return style.percent(value)
    if name == "p":
        return style.p_value(value)
    return style.count(value) if isinstance(value, int) else style.decimal(value, 1)


def _name(topic: str, part: str, catalogue: Catalogue) -> str:
    # A model's own terms (a district, a period) have codes for names, which need no words.
    key = f"{topic}_{part}"
    return catalogue.say(key) if key in catalogue else part
