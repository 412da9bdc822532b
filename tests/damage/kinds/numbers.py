"""Numbers as people and spreadsheets write them."""

from __future__ import annotations

from tests.damage.damage import RIGHT, SAFE, TOLD, Outcome, on_grid
from tests.damage.grid import Grid, Value


def _grouped(number: int | float, separator: str) -> Value:
    return f"{number:,}".replace(",", separator) if isinstance(number, int) else number


@on_grid(*RIGHT)
def thousands_with_dots(grid: Grid) -> Grid:
    """Whole numbers are texts in the Indonesian style: 1.234."""
    return grid.map_numbers(lambda number: _grouped(number, "."), whole=True)


@on_grid(*SAFE)
def thousands_with_commas(grid: Grid) -> Grid:
    """Whole numbers are texts in the English style: 1,234."""
    return grid.map_numbers(lambda number: _grouped(number, ","), whole=True)


@on_grid(*RIGHT)
def thousands_with_hard_spaces(grid: Grid) -> Grid:
    """A hard space parts the thousands."""
    return grid.map_numbers(lambda number: _grouped(number, "\u00a0"), whole=True)


@on_grid(*RIGHT)
def thousands_with_thin_spaces(grid: Grid) -> Grid:
    """A thin space parts the thousands."""
    return grid.map_numbers(lambda number: _grouped(number, "\u2009"), whole=True)


@on_grid(*SAFE)
def thousands_with_apostrophes(grid: Grid) -> Grid:
    """An apostrophe parts the thousands, the Swiss way."""
    return grid.map_numbers(lambda number: _grouped(number, "'"), whole=True)


@on_grid(*SAFE)
def decimal_commas(grid: Grid) -> Grid:
    """Numbers with decimals have a comma."""
    return grid.map_numbers(lambda number: repr(number).replace(".", ","))


@on_grid(*SAFE)
def decimals_with_dots_and_comma(grid: Grid) -> Grid:
    """Every number is written in the Indonesian style with one decimal: 1.234,0."""
    return grid.map_numbers(
        lambda number: f"{number:,.1f}".translate(str.maketrans(",.", ".,")) if isinstance(number, int) else number
    )


@on_grid(*RIGHT)
def numbers_as_texts(grid: Grid) -> Grid:
    """All numbers are texts."""
    return grid.map_numbers(repr)


@on_grid(*SAFE)
def numbers_with_apostrophes(grid: Grid) -> Grid:
    """An apostrophe stands before each number, as people force text."""
    return grid.map_numbers(lambda number: f"'{number}")


@on_grid(*SAFE)
def numbers_with_spaces(grid: Grid) -> Grid:
    """Spaces stand around each number."""
    return grid.map_numbers(lambda number: f"  {number} ")


@on_grid(*SAFE)
def numbers_with_units(grid: Grid) -> Grid:
    """A unit follows each number."""
    return grid.map_numbers(lambda number: f"{number} orang")


@on_grid(*SAFE)
def numbers_with_percent_signs(grid: Grid) -> Grid:
    """A percent sign follows each number."""
    return grid.map_numbers(lambda number: f"{number} %")


@on_grid(*SAFE)
def numbers_in_brackets(grid: Grid) -> Grid:
    """Each number stands in brackets, which accountants read as below zero."""
    return grid.map_numbers(lambda number: f"({number})")


@on_grid(*SAFE)
def numbers_with_plus_signs(grid: Grid) -> Grid:
    """A plus sign stands before each number."""
    return grid.map_numbers(lambda number: f"+{number}")


@on_grid(*SAFE)
def numbers_in_wide_digits(grid: Grid) -> Grid:
    """The digits are full-width ones."""
    return grid.map_numbers(lambda number: str(number).translate({48 + i: 0xFF10 + i for i in range(10)}), whole=True)


@on_grid(*SAFE)
def numbers_with_footnotes(grid: Grid) -> Grid:
    """A small raised figure follows each number, which must not become a digit of it."""
    return grid.map_numbers(lambda number: f"{number}\u00b2")


@on_grid(*SAFE)
def letters_for_digits(grid: Grid) -> Grid:
    """The letter O stands for the digit 0, l for 1."""
    return grid.map_numbers(lambda number: repr(number).replace("0", "O").replace("1", "l"))


@on_grid(*TOLD, Outcome.AS_TYPED, typed=range(-9999, 0))
def counts_below_zero(grid: Grid) -> Grid | None:
    """Counts are below zero; a profile keeps what is typed, and a check names it."""
    return grid.map_numbers(lambda number: -abs(int(number)) - 1, whole=True) if grid.whole else None


@on_grid(*TOLD)
def counts_with_fractions(grid: Grid) -> Grid | None:
    """Counts have a fraction."""
    return grid.map_numbers(lambda number: number + 0.37, whole=True) if grid.whole else None


@on_grid(*TOLD, Outcome.AS_TYPED, typed=(8_800_000_000,))
def counts_beyond_any_village(grid: Grid) -> Grid | None:
    """Counts are in the billions; a profile keeps what is typed, and a check names it."""
    return grid.map_numbers(lambda number: 8_800_000_000, whole=True) if grid.whole else None


@on_grid(*TOLD)
def counts_in_powers(grid: Grid) -> Grid | None:
    """Counts are texts such as 1,2E+05, as narrow columns show them."""
    return (
        grid.map_numbers(lambda number: f"{number + 120_000:.1E}".replace(".", ","), whole=True) if grid.whole else None
    )


@on_grid(*TOLD)
def cells_of_hashes(grid: Grid) -> Grid | None:
    """Cells hold ####, copied from a column too narrow to show its numbers."""
    return grid.map_numbers(lambda number: "######") if grid.numeric else None


@on_grid(*TOLD)
def cells_of_words(grid: Grid) -> Grid | None:
    """Cells say "nihil"."""
    return grid.map_numbers(lambda number: "nihil") if grid.numeric else None


@on_grid(*TOLD)
def cells_of_questions(grid: Grid) -> Grid | None:
    """Cells hold a question mark."""
    return grid.map_numbers(lambda number: "?") if grid.numeric else None


@on_grid(*TOLD)
def cells_of_ranges(grid: Grid) -> Grid | None:
    """Cells hold a range: 10-12."""
    return grid.map_numbers(lambda number: f"{number}-{number}") if grid.numeric else None


@on_grid(*TOLD)
def cells_of_two_numbers(grid: Grid) -> Grid | None:
    """Cells hold two numbers in two lines."""
    return grid.map_numbers(lambda number: f"{number}\n{number}") if grid.numeric else None


@on_grid(*TOLD)
def cells_of_dates(grid: Grid) -> Grid | None:
    """A spreadsheet made dates of numbers, written as text: 12/05/2024."""
    return grid.map_numbers(lambda number: "12/05/2024") if grid.numeric else None


@on_grid(*TOLD)
def formula_like_texts(grid: Grid) -> Grid | None:
    """Cells hold what a spreadsheet would run: @SUM(A1)."""
    return grid.map_numbers(lambda number: "@SUM(A1:A9)") if grid.numeric else None


@on_grid(*TOLD)
def error_texts(grid: Grid) -> Grid | None:
    """Cells hold the texts of errors: #REF!."""
    return grid.map_numbers(lambda number: "#REF!") if grid.numeric else None
