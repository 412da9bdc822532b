"""What stands on every page: that data are simulated, that the edition is not for everybody."""

from __future__ import annotations

from typing import Literal

from kbkit.domain.editions import Edition
from kbkit.text.catalogue import Catalogue, Language


def stamp(*, data_status: Literal["actual", "simulated", "mixed"], edition: Edition, language: Language) -> str:
    """Return the words of the stamp; empty for real data in an edition that may be shown to everybody."""
    catalogue = Catalogue(language)
    words = [] if data_status == "actual" else [catalogue.say(f"names.stamp_{data_status}")]
    if edition == "internal":
        words.append(catalogue.say("disclosure.stamp_internal"))
    return " · ".join(words)
