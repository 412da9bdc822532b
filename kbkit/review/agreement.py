"""The scores made from the profile in words: how many agree with the classification, and what that can mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from kbkit.dataset import ProfileScores, ScoreComparison
from kbkit.text import Voice

NEAR_DAYS: Final = 31
"""Days up to which differences are listed one by one, see :mod:`kbkit.quality.agreement`."""


@dataclass(frozen=True, kw_only=True)
class AgreementText:
    """What the page and the screen say of the scores made from the profile.

    Attributes:
        sentences: what was computed, what was not, and how to read it.
        headings: of the table: the score, then each pair of snapshots.
        rows: a score and its share in each pair.
    """

    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def describe_agreement(scores: ProfileScores, *, voice: Voice) -> AgreementText:
    """Return the words for the scores that the profile gives."""
    count, pairs = voice.style.count, scores.comparisons
    sentences = [voice.say("profile.lead", records=count(scores.records))]
    if scores.records_impossible:
        sentences.append(
            voice.say(
                "profile.impossible",
                impossible=count(scores.records_impossible),
                withheld=count(scores.scores_withheld),
            )
        )
    sentences += [_pair(pair, voice) for pair in pairs] or [voice.say("profile.alone")]
    if any(pair.days > NEAR_DAYS for pair in pairs):
        sentences.append(voice.say("profile.far", near=count(NEAR_DAYS)))
    if any(pair.days <= NEAR_DAYS for pair in pairs):
        sentences.append(voice.say("profile.near", near=count(NEAR_DAYS)))
    names = [share.score for share in pairs[0].shares] if pairs else []
    return AgreementText(
        sentences=tuple(sentences),
        headings=(
            voice.say("profile.column_score"),
            *(voice.say("profile.column_pair", **_dates(pair, voice)) for pair in pairs),
        ),
        rows=tuple(
            (voice.say(f"classification.{name}"), *(_share(pair, row, voice) for pair in pairs))
            for row, name in enumerate(names)
        ),
    )


def _pair(pair: ScoreComparison, voice: Voice) -> str:
    count = voice.style.count
    return voice.say(
        "profile.pair",
        **_dates(pair, voice),
        days=count(pair.days),
        share=voice.style.percent(pair.agreed / pair.compared if pair.compared else None),
        compared=count(pair.compared),
        records=count(pair.records),
        empty=count(pair.empty),
    )


def _dates(pair: ScoreComparison, voice: Voice) -> dict[str, str]:
    made, printed = (dt.date.fromisoformat(day) for day in (pair.profile_date, pair.classification_date))
    return {"made": voice.style.date(made), "printed": voice.style.date(printed)}


def _share(pair: ScoreComparison, row: int, voice: Voice) -> str:
    share = pair.shares[row]
    part = voice.style.percent(share.agreed / share.compared if share.compared else None)
    return voice.say("profile.cell", share=part, compared=voice.style.count(share.compared))
