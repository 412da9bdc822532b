"""e-PPGBM by village as a workbook: two heading rows with merged cells, formulas, a total row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kbkit.demo.arrays import Flags
from kbkit.demo.faults import FaultKind, PlantedFault
from kbkit.demo.mark import MARK
from kbkit.demo.nutrition import HEIGHT_CLASSES, THINNESS_CLASSES, WEIGHT_CLASSES
from kbkit.demo.registry import FOLDER, RegistryRows
from kbkit.demo.streams import Streams
from kbkit.demo.workbook import open_workbook

_GROUPS: Final = (
    ("BB/U", WEIGHT_CLASSES, ("Sangat Kurang", "Kurang", "Berat Badan Normal", "Risiko Lebih"), "Ditimbang"),
    ("TB/U", HEIGHT_CLASSES, ("Sangat Pendek", "Pendek", "Normal", "Tinggi"), "Diukur"),
    (
        "BB/TB",
        THINNESS_CLASSES,
        ("Gizi Buruk", "Gizi Kurang", "Normal", "Risiko Gizi Lebih", "Gizi Lebih", "Obesitas"),
        "Ditimbang diukur",
    ),
)
_PLACE: Final = ("No", "Puskesmas", "Desa/Kelurahan", "Sasaran")
_LAST: Final = ("Stunting", "% Stunting", "Wasting", "Underweight")
_WIDTH: Final = len(_PLACE) + sum(len(classes) + 2 for _, classes, _, _ in _GROUPS) + len(_LAST)
_COUNTS: Final = ("target", *(name for _, classes, _, _ in _GROUPS for name in classes))
_FIRST_ROW: Final = 3
"""Row of the first village, counted from 0: below the stamp and two rows of headings."""
_DASH: Final = "-"
_DIVISION_BY_ZERO: Final = "#DIV/0!"
_COMMA_SHARE: Final = 0.06
"""Rows whose percentages were pasted as text in the Indonesian style."""

Formula = tuple[str, float | str]
"""A formula and the value it gives, which readers of the file see."""
Cell = int | str | Formula


def write_registry_workbook(folder: Path, *, registry: RegistryRows, streams: Streams) -> tuple[PlantedFault, ...]:
    """Write one file and return the faults planted in it.

    Args:
        folder: folder of the exports.
        registry: the rows.
        streams: draws the rows with decimal commas.
    """
    file = f"{FOLDER}/eppgbm_desa_{registry.slug}_{registry.period}.xlsx"
    random = streams.branch("eppgbm", registry.slug).generator("decimal comma", registry.period)
    measured = registry.rows["state"] == ""
    comma = measured & (random.random(len(registry.rows)) < _COMMA_SHARE)
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet(MARK)
        _write_headings(workbook, sheet, registry.stamp)
        _write_villages(sheet, registry, comma.to_numpy())
        _write_total(workbook, sheet, registry)
    return (
        *registry.faults(file=file),
        *(
            PlantedFault(kind=FaultKind.DECIMAL_COMMA, file=file, village_code=code)
            for code in registry.rows.loc[comma, "village_code"]
        ),
    )


def _write_headings(workbook: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, stamp: str) -> None:
    """Write the stamp and two rows of headings; a heading without classes is merged over both rows."""
    bold = workbook.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, _WIDTH - 1, stamp, bold)
    column = 0

    def write_alone(*headings: str) -> None:
        nonlocal column
        for heading in headings:
            sheet.merge_range(1, column, 2, column, heading, bold)
            column += 1

    write_alone(*_PLACE)
    for group, _, labels, total in _GROUPS:
        sheet.merge_range(1, column, 1, column + len(labels) - 1, group, bold)
        sheet.write_row(2, column, labels, bold)
        column += len(labels)
        write_alone(total, f"% {total}")
    write_alone(*_LAST)


def _write_villages(sheet: xlsxwriter.worksheet.Worksheet, registry: RegistryRows, comma: Flags) -> None:
    for number, record in enumerate(registry.rows.to_dict("records")):
        row = _FIRST_ROW + number
        cells: list[Cell] = [str(number + 1), record["health_centre"], record["village"]]
        if record["state"] == FaultKind.NOT_MEASURED:
            cells.append(int(record["target"]))
            cells.extend([_DASH] * (_WIDTH - len(cells)))
        else:
            cells.extend(_count_cells({name: int(record[name]) for name in _COUNTS}, row, _plain))
        _write_cells(sheet, row, 0, [_percent_as_text(cell) for cell in cells] if comma[number] else cells)


def _write_total(workbook: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, registry: RegistryRows) -> None:
    row = _FIRST_ROW + len(registry.rows)
    totals = {name: int(registry.rows[name].sum()) for name in _COUNTS}
    sheet.merge_range(row, 0, row, len(_PLACE) - 2, registry.regency, workbook.add_format({"bold": True}))

    def add_up(column: int, value: int) -> Cell:
        name = xl_col_to_name(column)
        return f"=SUM({name}{_FIRST_ROW + 1}:{name}{row})", value

    _write_cells(sheet, row, len(_PLACE) - 1, _count_cells(totals, row, add_up))


def _plain(column: int, value: int) -> Cell:
    return value


def _count_cells(counts: Mapping[str, int], row: int, write: Callable[[int, int], Cell]) -> list[Cell]:
    """Return the cells of a row from the target on.

    Args:
        counts: target and classes.
        row: row of the sheet counted from 0.
        write: makes the cell of a count from its column and value.
    """
    first = len(_PLACE) - 1
    target = counts["target"]
    cells: list[Cell] = [write(first, target)]
    for _, classes, _, _ in _GROUPS:
        start = first + len(cells)
        values = [counts[name] for name in classes]
        cells += [write(start + place, value) for place, value in enumerate(values)]
        begin, end = xl_col_to_name(start), xl_col_to_name(start + len(values) - 1)
        cells.append((f"=SUM({begin}{row + 1}:{end}{row + 1})", sum(values)))
        cells.append(_percent(start + len(values), first, row, sum(values), target))
    stunted = counts["height_very_short"] + counts["height_short"]
    measured = sum(counts[name] for name in HEIGHT_CLASSES)
    column = first + len(cells)
    measured_column = first + 1 + len(WEIGHT_CLASSES) + 2 + len(HEIGHT_CLASSES)
    return [
        *cells,
        write(column, stunted),
        _percent(column, measured_column, row, stunted, measured),
        write(column + 2, counts["thinness_severe"] + counts["thinness_moderate"]),
        write(column + 3, counts["weight_very_low"] + counts["weight_low"]),
    ]


def _percent(over: int, under: int, row: int, numerator: int, denominator: int) -> Formula:
    formula = f"={xl_col_to_name(over)}{row + 1}/{xl_col_to_name(under)}{row + 1}*100"
    return formula, numerator / denominator * 100 if denominator else _DIVISION_BY_ZERO


def _percent_as_text(cell: Cell) -> Cell:
    if isinstance(cell, tuple) and cell[0].endswith("*100") and isinstance(cell[1], float):
        return f"{cell[1]:.1f}".replace(".", ",")
    return cell


def _write_cells(sheet: xlsxwriter.worksheet.Worksheet, row: int, first: int, cells: list[Cell]) -> None:
    for column, cell in enumerate(cells, start=first):
        if isinstance(cell, tuple):
            sheet.write_formula(row, column, cell[0], value=cell[1])
        elif isinstance(cell, str):
            sheet.write_string(row, column, cell)
        else:
            sheet.write_number(row, column, cell)
