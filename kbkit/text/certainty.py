"""How certain the answer on tier and stunting is, in one of three words.

The words follow GRADE in one thing: what was observed and not dealt out by lot starts low, and is never *high*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kbkit.results.association import Association, side_of_zero
from kbkit.text.voice import Voice


@dataclass(frozen=True, kw_only=True)
class Certainty:
    """A word, and the rule that chose it.

    Attributes:
        word: ``"untold"`` where no comparison was made.
        because: what keeps it low; empty where nothing does.
        same: specifications of the sensitivity set that clearly show the direction of the answer.
        total: specifications of the set.
    """

    word: Literal["untold", "low", "moderate"]
    because: Literal["", "interval", "cautions", "sensitivity"] = ""
    same: int = 0
    total: int = 0


def judge_certainty(association: Association) -> Certainty:
    """Judge the answer: an interval over zero, any caution, or a minority of the choices of analysis keep it low."""
    if association.verdict == "withheld":
        return Certainty(word="untold")
    if association.verdict == "unclear":
        return Certainty(word="low", because="interval")
    if association.cautions:
        return Certainty(word="low", because="cautions")
    specifications = association.sensitivity.specifications if association.sensitivity else ()
    same = sum(side_of_zero(item.difference) == association.verdict for item in specifications)
    total = len(specifications)
    if 2 * same <= total:
        return Certainty(word="low", because="sensitivity", same=same, total=total)
    return Certainty(word="moderate", same=same, total=total)


def certainty_sentence(association: Association, *, voice: Voice) -> str:
    """Say how certain the answer is, and why no more."""
    certainty = judge_certainty(association)
    key = "_".join(part for part in (certainty.word, certainty.because) if part)
    return voice.say(
        f"summary.certainty_{key}",
        number=voice.count(len(association.cautions)),
        same=voice.count(certainty.same),
        total=voice.count(certainty.total),
    )
