"""The texts that decide the widths of columns."""

from __future__ import annotations

from kbkit.document import Cell, Column, Row, Table
from kbkit.export.column_texts import widest_texts


def row(*texts: str, kind: str = "body") -> Row:
    return Row(cells=tuple(Cell(text=text) for text in texts), kind=kind)  # type: ignore[arg-type]


def test_wide_letters_count_more_and_narrow_ones_less() -> None:
    table = Table(
        name="t",
        title="",
        columns=(Column(title="Desa/kelurahan"), Column(title="n")),
        rows=(row("illi mwm", "1"), row("lilil fort", "10 dari 12"), row("Jumlah", "200", kind="total")),
        source="",
    )
    name, number = widest_texts(table)
    texts = {key: name[key] for key in ("word", "line", "title", "set_off")}
    assert texts == {"word": "Jumlah", "line": "illi mwm", "title": "kelurahan", "set_off": "Jumlah"}
    assert (number["word"], number["line"], number["set_off"]) == ("dari", "10 dari 12", "200")


def test_a_long_file_name_is_as_wide_as_its_widest_piece() -> None:
    long = "klasifikasi_kabupaten_pasangkayu_2022-06-16.xlsx"
    table = Table(name="t", title="", columns=(Column(title="Berkas"),), rows=(row(long),), source="")
    assert widest_texts(table)[0]["word"] == "pasangkayu"


def test_a_table_without_rows_has_its_titles() -> None:
    table = Table(name="t", title="", columns=(Column(title="Desa"),), rows=(), source="")
    assert widest_texts(table) == [{"word": "", "line": "", "title": "Desa", "set_off": "", "longest": 0.0}]


def longest(*rows: Row) -> float | str | None:
    return widest_texts(Table(name="t", title="", columns=(Column(title="Desa"),), rows=rows, source=""))[0]["longest"]


def test_the_longest_cell_is_as_wide_as_its_letters_and_some_air() -> None:
    # Source Sans Pro: a digit is 0.497 of the type size in the regular weight, 0.513 in the semibold.
    assert longest(row("12"), row("3")) == round(1.03 * 2 * 0.497, 3)
    assert longest(row("12"), row("45", kind="total")) == round(1.03 * 2 * 0.513, 3)


def test_of_a_cell_that_may_be_no_single_line_nothing_is_said() -> None:
    assert longest(row("two\nlines")) is None
    assert longest(row("ក")) is None, "a letter of another typeface is as wide and as high as it likes"
    assert longest(row("klasifikasi_kabupaten_pasangkayu_2022-06-16.xlsx")) is None, "breaks at its signs"
