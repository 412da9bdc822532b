"""How a decision is written: the words of a drop-down, and their meaning."""

from __future__ import annotations

import re
from typing import Final

from kbkit.matching import load_register
from kbkit.matching.register import Regency, Village
from kbkit.text import LANGUAGES, Catalogue

_CODE: Final = re.compile(r"(?:^|\[)(\d{2}\.\d{2}\.\d{2}\.\d{4})\]?$")


def choice_of(village: Village, district_name: str, *, catalogue: Catalogue) -> str:
    """Return a village as the drop-down writes it: ``Kulu, Kec. Lariang [76.01.12.2005]``."""
    return catalogue.say("review.choice", village=village.name, district=district_name, code=village.code)


def choices_of(regency: Regency, *, catalogue: Catalogue) -> list[str]:
    """Return the villages of a regency as the drop-down writes them, by name."""
    return sorted(
        choice_of(village, district.name, catalogue=catalogue)
        for district in regency.districts
        for village in district.villages
    )


def code_in(text: str) -> str | None:
    """Return the village code that a decision names, ``None`` where it names none.

    A code typed by itself will do.
    """
    found = _CODE.search(text.strip())
    return found[1] if found else None


def is_ignore(text: str) -> bool:
    """Whether a decision says that a name is to be ignored, in any language."""
    return text.strip().casefold() in {Catalogue(language).say("review.ignore").casefold() for language in LANGUAGES}


def is_known(code: str) -> bool:
    """Whether the register has a village of this code."""
    return code in load_register().villages
