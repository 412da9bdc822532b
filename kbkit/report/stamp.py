"""What stands on every page: that data are simulated, that the edition is not for everybody."""

from __future__ import annotations

from typing import Literal

from kbkit.text import Voice


def stamp(*, data_status: str, edition: Literal["public", "strict", "internal"], voice: Voice) -> str:
    """Return the words of the stamp; empty for real data in an edition that may be shown to everybody."""
    words = [] if data_status == "actual" else [voice.say(f"names.stamp_{data_status}")]
    if edition == "internal":
        words.append(voice.say("disclosure.stamp_internal"))
    return " · ".join(words)
