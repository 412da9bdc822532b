"""The completeness of the Rumah Data in words, with the standing of the list that it is measured by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kbkit.dataset import DataHouse, DataTypeCount
from kbkit.text import Voice

SHOWN_TYPES: Final = 15
"""Types of data on the page, those found least often first."""
SHOWN_REGENCIES: Final = 15


@dataclass(frozen=True, kw_only=True)
class DataHouseText:
    """What the page says of the completeness of the Rumah Data.

    Attributes:
        sentences: what was counted, and whose list it is.
        types: name of a type and in how many villages it is.
        regencies: name of a regency and the mean number of types of its villages, lowest first.
    """

    sentences: tuple[str, ...]
    types: tuple[tuple[str, str], ...]
    regencies: tuple[tuple[str, str], ...]


def describe_data_house(found: DataHouse, *, names: dict[str, str], voice: Voice) -> DataHouseText:
    """Return the words for the completeness.

    Args:
        found: the completeness.
        names: regency code -> name.
        voice: of the language.
    """
    total = voice.style.count(len(found.types))
    rarest = sorted(found.types, key=lambda item: item.villages)[:SHOWN_TYPES]
    lowest = sorted(found.regencies, key=lambda item: (item.mean_types, item.code))[:SHOWN_REGENCIES]
    return DataHouseText(
        sentences=(
            voice.say(
                "profile.data_house_lead",
                villages=voice.style.count(found.villages),
                regencies=voice.style.count(len(found.regencies)),
                types=total,
            ),
            voice.say(f"profile.data_house_{found.list_source}", types=total),
            voice.say("profile.data_house_fewest"),
        ),
        types=tuple((item.name, _villages(item, found, voice)) for item in rarest),
        regencies=tuple(
            (
                names[item.code],
                voice.say("profile.data_house_of", mean=voice.style.decimal(item.mean_types, 1), types=total),
            )
            for item in lowest
        ),
    )


def _villages(item: DataTypeCount, found: DataHouse, voice: Voice) -> str:
    if not item.readable:
        return voice.say("profile.data_house_unreadable")
    return voice.say(
        "profile.cell",
        share=voice.style.percent(item.villages / found.villages),
        compared=voice.style.count(found.villages),
    )
