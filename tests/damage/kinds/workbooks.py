"""What is special to spreadsheets: formulas, errors, hidden and further sheets, formats, merged cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.damage.compound_file import compound_file
from tests.damage.containers import as_workbook
from tests.damage.damage import RIGHT, SAFE, TOLD, Outcome, on_file
from tests.damage.grid import Grid, Value
from tests.damage.old_workbook import as_old_workbook
from tests.damage.specimen import Specimen

CellWriter = Callable[[Worksheet, int, int, Value], None]


def _in_numbers(specimen: Specimen, write: Callable[[Worksheet, int, int, int | float], object]) -> CellWriter | None:
    """Return a writer that treats the numbers of the villages otherwise than all other cells."""
    grid = specimen.grid
    rows = range(grid.first, grid.first + len(grid.body))
    if not grid.numeric:
        return None

    def writer(sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if row in rows and column in grid.numeric and isinstance(value, (int, float)):
            write(sheet, row, column, value)
        else:
            sheet.write(row, column, value)

    return writer


def _with_numbers(
    specimen: Specimen, folder: Path, write: Callable[[Worksheet, int, int, int | float], object]
) -> bool:
    writer = _in_numbers(specimen, write)
    if writer is None:
        return False
    specimen.write(folder, as_workbook(specimen.grid, write=writer))
    return True


def _finished(specimen: Specimen, folder: Path, finish: Callable[[Workbook, Worksheet], object]) -> None:
    specimen.write(folder, as_workbook(specimen.grid, finish=finish))


@on_file(*RIGHT)
def formulas(specimen: Specimen, folder: Path) -> bool:
    """The numbers are results of formulas."""
    return _with_numbers(specimen, folder, lambda sheet, i, j, value: sheet.write_formula(i, j, "=1*1", None, value))


@on_file(*TOLD)
def formulas_without_results(specimen: Specimen, folder: Path) -> bool:
    """The numbers are formulas whose results were never computed, as programs write them."""
    return _with_numbers(specimen, folder, lambda sheet, i, j, value: sheet.write_formula(i, j, "=1*1", None, ""))


@on_file(*TOLD)
def formulas_with_errors(specimen: Specimen, folder: Path) -> bool:
    """The numbers are formulas that failed: #REF!."""
    return _with_numbers(specimen, folder, lambda sheet, i, j, value: sheet.write_formula(i, j, "=1*1", None, "#REF!"))


@on_file(*TOLD)
def divisions_by_zero(specimen: Specimen, folder: Path) -> bool:
    """The numbers are formulas that divide by zero."""
    return _with_numbers(
        specimen, folder, lambda sheet, i, j, value: sheet.write_formula(i, j, "=1/0", None, "#DIV/0!")
    )


@on_file(*TOLD)
def truth_values(specimen: Specimen, folder: Path) -> bool:
    """The numbers became TRUE."""
    return _with_numbers(specimen, folder, lambda sheet, i, j, value: sheet.write_boolean(i, j, True))


@on_file(*TOLD)
def numbers_shown_as_dates(specimen: Specimen, folder: Path) -> bool:
    """The numbers have the format of a date."""

    grid = specimen.grid
    if not grid.numeric:
        return False
    cells = [(grid.first + i, j) for i, row in enumerate(grid.body) for j in grid.numeric if row[j] not in ("", None)]

    def finish(book: Workbook, sheet: Worksheet) -> None:
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        for i, j in cells:
            sheet.write_datetime(i, j, dt.datetime(2024, 5, 12), style)

    _finished(specimen, folder, finish)
    return True


@on_file(*RIGHT)
def numbers_shown_with_separators(specimen: Specimen, folder: Path) -> bool:
    """The numbers are shown with separators and no decimals, which changes no number."""
    grid = specimen.grid

    def finish(book: Workbook, sheet: Worksheet) -> None:
        style = book.add_format({"num_format": "#,##0"})
        for i, row in enumerate(grid.body):
            for j in grid.numeric:
                if isinstance(value := row[j], (int, float)):
                    sheet.write_number(grid.first + i, j, value, style)

    if not grid.numeric:
        return False
    _finished(specimen, folder, finish)
    return True


@on_file(*RIGHT)
def hidden_rows(specimen: Specimen, folder: Path) -> None:
    """A filter hides two villages: they are data none the less."""
    _finished(
        specimen,
        folder,
        lambda book, sheet: [sheet.set_row(specimen.grid.first + i, None, None, {"hidden": True}) for i in (0, 1)],
    )


@on_file(*RIGHT)
def hidden_columns(specimen: Specimen, folder: Path) -> None:
    """Columns are hidden."""
    _finished(specimen, folder, lambda book, sheet: sheet.set_column(1, 4, None, None, {"hidden": True}))


@on_file(*RIGHT)
def filter_and_frozen_panes(specimen: Specimen, folder: Path) -> None:
    """A filter, frozen panes, a comment and a sheet protected against changes."""

    def finish(book: Workbook, sheet: Worksheet) -> None:
        sheet.autofilter(specimen.grid.first - 1, 0, specimen.grid.first + 2, specimen.grid.width - 1)
        sheet.freeze_panes(specimen.grid.first, 2)
        sheet.write_comment(specimen.grid.first, 0, "periksa")
        sheet.protect("rahasia")

    _finished(specimen, folder, finish)


@on_file(*SAFE)
def sheet_renamed(specimen: Specimen, folder: Path) -> None:
    """The sheet has another name."""
    specimen.write(folder, as_workbook(replace(specimen.grid, sheet="Salinan dari rekap (2)")))


@on_file(*SAFE)
def sheet_named_like_a_path(specimen: Specimen, folder: Path) -> None:
    """The sheet is named like a path and like a placeholder."""
    specimen.write(folder, as_workbook(replace(specimen.grid, sheet="..{0}..etc..passwd %s")))


@on_file(*RIGHT)
def empty_sheets_around(specimen: Specimen, folder: Path) -> None:
    """Empty sheets stand beside the table."""
    _finished(specimen, folder, lambda book, sheet: [book.add_worksheet("Sheet2"), book.add_worksheet("Sheet3")])


@on_file(*RIGHT)
def cover_sheet(specimen: Specimen, folder: Path) -> None:
    """A cover with a few words stands beside the table."""
    _finished(specimen, folder, lambda book, sheet: book.add_worksheet("Sampul").write(3, 3, "Rekap tahunan"))


@on_file(*RIGHT)
def chart_sheet(specimen: Specimen, folder: Path) -> None:
    """A sheet that is a chart stands beside the table."""

    def finish(book: Workbook, sheet: Worksheet) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": [sheet.name, specimen.grid.first, 0, specimen.grid.first + 1, 0]})
        book.add_chartsheet("Grafik").set_chart(chart)

    _finished(specimen, folder, finish)


def _older(grid: Grid) -> Grid:
    """Return a copy with other numbers, as last month's."""
    return replace(grid.map_numbers(lambda number: 3, whole=True), sheet="Bulan lalu")


@on_file(Outcome.SAME)
def hidden_sheet_with_older_copy(specimen: Specimen, folder: Path) -> None:
    """A hidden sheet holds an older copy of the table."""
    older = _older(specimen.grid)
    finish = lambda book, sheet: book.get_worksheet_by_name(older.sheet).hide()  # noqa: E731
    specimen.write(folder, as_workbook(specimen.grid, older=older, finish=finish))


@on_file(*TOLD)
def only_sheet_hidden(specimen: Specimen, folder: Path) -> bool:
    """The table stands in a hidden sheet, a cover before it."""
    if specimen.beside:  # a mapping that names the sheet asks for it
        return False

    def finish(book: Workbook, sheet: Worksheet) -> None:
        cover = book.add_worksheet("Sampul")
        cover.write(0, 0, "Rekap")
        cover.set_first_sheet()
        cover.activate()
        sheet.hide()

    _finished(specimen, folder, finish)
    return True


@on_file(Outcome.AS_TYPED, Outcome.SAME, Outcome.REPEATED, Outcome.LESS, typed=(3, 6, 12))
def second_sheet_with_older_copy(specimen: Specimen, folder: Path) -> None:
    """A second sheet holds an older copy: both are handed on, and the dataset takes one and says so."""
    specimen.write(folder, as_workbook(specimen.grid, older=_older(specimen.grid)))


@on_file(*SAFE)
def groups_of_headings_not_merged(specimen: Specimen, folder: Path) -> None:
    """Groups of headings are written over each member and not merged."""
    specimen.write(folder, as_workbook(specimen.grid, merged=False))


@on_file(*SAFE)
def names_merged(specimen: Specimen, folder: Path) -> None:
    """The places of two villages that are alike are one merged cell."""
    grid = specimen.grid
    alike = [j for j in range(grid.width) if j not in grid.numeric and grid.body[0][j] == grid.body[1][j] != ""]

    def finish(book: Workbook, sheet: Worksheet) -> None:
        for j in alike:
            sheet.merge_range(grid.first, j, grid.first + 1, j, grid.body[0][j], book.add_format())

    _finished(specimen, folder, finish)


@on_file(*TOLD)
def numbers_merged(specimen: Specimen, folder: Path) -> bool:
    """One number stands for two villages in a merged cell: the second has none, and that must be told."""
    grid = specimen.grid
    if not grid.numeric:
        return False

    def finish(book: Workbook, sheet: Worksheet) -> None:
        for j in grid.numeric:
            if isinstance(grid.body[0][j], (int, float)):
                sheet.merge_range(grid.first, j, grid.first + 1, j, grid.body[0][j], book.add_format())

    _finished(specimen, folder, finish)
    return True


@on_file(Outcome.REFUSED)
def password(specimen: Specimen, folder: Path) -> None:
    """The workbook is encrypted."""
    specimen.write(folder, compound_file({"EncryptionInfo": bytes(64), "EncryptedPackage": bytes(range(256)) * 20}))


@on_file(*RIGHT)
def old_workbook(specimen: Specimen, folder: Path) -> None:
    """A binary workbook of Excel 97."""
    specimen.write(folder, as_old_workbook(specimen.grid))


@on_file(*TOLD)
def old_workbook_cut(specimen: Specimen, folder: Path) -> None:
    """A binary workbook of Excel 97, cut in the middle."""
    content = as_old_workbook(specimen.grid)
    specimen.write(folder, content[: len(content) // 2])


@on_file(Outcome.REFUSED)
def another_compound_file(specimen: Specimen, folder: Path) -> None:
    """A Word document of old bears the file's name."""
    specimen.write(folder, compound_file({"WordDocument": bytes(5000)}))
