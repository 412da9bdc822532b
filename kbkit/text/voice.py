"""One language's voice: its sentences, its numbers, the names of things."""

from __future__ import annotations

from typing import Any

from kbkit.results import Contrasted, Estimated, Undefined
from kbkit.text.catalogue import Catalogue, Language
from kbkit.text.numbers import MISSING, Style
from kbkit.text.reasons import describe_reason

SUPPRESSED_MARK = "[c]"
"""What stands in a cell that is hidden for confidentiality, as in official statistics."""


_DOCUMENT_WORDS = (
    "table",
    "figure",
    "contents",
    "page",
    "of",
    "source",
    "note",
    "chapter",
    "annex",
    "skip_to_content",
)


class Voice:
    """Speaks one language: :meth:`say` whole sentences, ``style`` numbers and dates, and names of tiers and terms."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.style = Style(language)
        self._catalogue = Catalogue(language)

    def say(self, key: str, /, **values: Any) -> str:
        """Return a sentence, see :meth:`Catalogue.say`."""
        return self._catalogue.say(key, **values)

    def knows(self, key: str) -> bool:
        """Return whether the catalogue has a sentence."""
        return key in self._catalogue

    def document_words(self) -> dict[str, str]:
        """Return the words that an exporter itself needs."""
        return {name: self.say(f"report.word_{name}") for name in _DOCUMENT_WORDS}

    def tier(self, name: str | None) -> str:
        """Return the name of a tier; ``None`` is a village without Kampung KB."""
        return self.say(f"names.tier_{name or 'none'}")

    def named(self, topic: str, key: str, fallback: str | None = None) -> str:
        """Return the name of something of a vocabulary; the office's own words, which no catalogue has, as they are."""
        name = f"{topic}.{key}"
        return self.say(name) if self.knows(name) else fallback or key

    def terms(self, names: tuple[str, ...]) -> str:
        """Return the names of model terms, joined by commas."""
        return ", ".join(self.say(f"names.term_{name}") for name in names)

    def reason(self, undefined: Undefined) -> str:
        """Return why something is not there."""
        return describe_reason(undefined, language=self.language)

    def level(self, level: float) -> str:
        """Return the coverage of an interval: ``95%``."""
        return self.style.percent(level, 0 if round(100 * level, 9).is_integer() else 1)

    def count(self, value: int | Undefined | None) -> str:
        """Return a count that may be missing or hidden."""
        return self._absent(value) if isinstance(value, Undefined) else self.style.count(value)

    def prevalence(self, value: Estimated) -> str:
        """Return a prevalence: ``21,6%``."""
        return self._absent(value) if isinstance(value, Undefined) else self.style.percent(value.estimate)

    def interval(self, value: Estimated) -> str:
        """Return the interval of a prevalence: ``19,8–23,5%``."""
        return self._absent(value) if isinstance(value, Undefined) else self.style.interval(value.lower, value.upper)

    def difference(self, value: Contrasted) -> str:
        """Return a difference in points, without the unit: ``−2,1``."""
        return self._absent(value) if isinstance(value, Undefined) else self.style.points(value.estimate)

    def difference_interval(self, value: Contrasted) -> str:
        """Return the interval of a difference in points: ``−4,0 s.d. +0,3``."""
        if isinstance(value, Undefined):
            return self._absent(value)
        return self.style.points_interval(value.lower, value.upper)

    def _absent(self, value: Undefined) -> str:
        return SUPPRESSED_MARK if value.reason == "suppressed" else MISSING
