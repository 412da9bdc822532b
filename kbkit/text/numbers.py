"""Numbers and dates as a language writes them. The only place where a number becomes text, and 0-1 becomes percent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from kbkit.domain.periods import last_day
from kbkit.text.catalogue import Catalogue, Language

_LOCALES: Final[dict[Language, str]] = {"id": "id_ID", "en": "en_GB"}
MISSING: Final = "–"
"""What stands in a cell without a value. A missing value is not zero."""
_NARROW: Final = "\u202f"
_MINUS: Final = "\u2212"


class Style:
    """Number and date style of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._locale = _LOCALES[language]
        # Babel's own formatting reads its pattern and its locale anew for each of a report's thousands of numbers.
        self._signs = str.maketrans(
            {",": get_group_symbol(self._locale), ".": get_decimal_symbol(self._locale), "-": _MINUS}
        )
        self._catalogue = Catalogue(language)

    def count(self, value: int | None) -> str:
        """A whole number: ``1.245``."""
        return MISSING if value is None else self._number(value, 0)

    def decimal(self, value: float | None, digits: int = 2) -> str:
        """A number with fixed decimals: ``3,40``."""
        return MISSING if value is None else self._number(value, digits)

    def percent(self, proportion: float | None, digits: int = 1) -> str:
        """A proportion as percent: ``21,6%``."""
        return MISSING if proportion is None else f"{self._number(100 * proportion, digits)}%"

    def points(self, difference: float | None, digits: int = 1) -> str:
        """A difference of proportions in percentage points, with its sign, without the unit: ``−2,1``."""
        return MISSING if difference is None else self._signed(100 * difference, digits)

    def points_with_unit(self, difference: float | None, digits: int = 1) -> str:
        """A difference with its unit: ``−2,1 poin persentase``."""
        if difference is None:
            return MISSING
        return self._catalogue.say("units.percentage_points", value=self.points(difference, digits))

    def interval(self, lower: float | None, upper: float | None, digits: int = 1) -> str:
        """An interval of proportions: ``19,8–23,5%``."""
        if lower is None or upper is None:
            return MISSING
        return f"{self._number(100 * lower, digits)}–{self._number(100 * upper, digits)}%"

    def points_interval(self, lower: float | None, upper: float | None, digits: int = 1) -> str:
        """An interval of differences, both limits signed: ``−4,0 … +0,3`` in words of the language."""
        if lower is None or upper is None:
            return MISSING
        return self._catalogue.say(
            "units.interval", lower=self._signed(100 * lower, digits), upper=self._signed(100 * upper, digits)
        )

    def p_value(self, value: float | None) -> str:
        """A p-value with three decimals; ``< 0,001`` below."""
        if value is None:
            return MISSING
        return f"<{_NARROW}{self._number(0.001, 3)}" if value < 0.001 else self._number(value, 3)

    def date(self, value: dt.date) -> str:
        """A date: ``26 September 2022``."""
        return str(format_date(value, format="d MMMM y", locale=self._locale))

    def period(self, value: str) -> str:
        """A measuring period: ``Agustus 2024``."""
        return str(format_date(last_day(value), format="MMMM y", locale=self._locale))

    def time(self, value: str) -> str:
        """A time as tables of a dataset write it: a day, a month, a semester ("2024-S2") or a year."""
        if len(value) == len("2024-08-01"):
            return self.date(dt.date.fromisoformat(value))
        year, _, part = value.partition("-")
        if part.startswith("S"):
            return self._catalogue.say("units.semester", part=part[1:], year=year)
        return self.period(value) if part else year

    def short_period(self, value: str) -> str:
        """A measuring period for an axis: ``Agu 2024``."""
        return str(format_date(last_day(value), format="MMM y", locale=self._locale))

    def _number(self, value: float, digits: int) -> str:
        rounded = round(value, digits) + 0.0  # no minus before a zero
        # As a decimal: of the binary number beyond 2^39 the fourth decimal is already another one.
        return f"{Decimal(str(rounded)):,.{digits}f}".translate(self._signs)

    def _signed(self, value: float, digits: int) -> str:
        text = self._number(value, digits)
        return f"+{text}" if round(value, digits) > 0 else text
