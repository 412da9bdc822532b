"""e-PPGBM by village as a workbook: two heading rows with merged cells, formulas, a total row."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kbkit.demo.faults import FaultKind, PlantedFault
from kbkit.demo.mark import MARK
from kbkit.demo.nutrition import HEIGHT_CLASSES, THINNESS_CLASSES, WEIGHT_CLASSES
from kbkit.demo.registry import FOLDER, RegistryRows
from kbkit.demo.streams import Streams
from kbkit.demo.workbook import open_workbook

_GROUPS: Final = (
    ("BB/U", ("Sangat Kurang", "Kurang", "Berat Badan Normal", "Risiko Lebih"), WEIGHT_CLASSES, "Ditimbang"),
    ("TB/U", ("Sangat Pendek", "Pendek", "Normal", "Tinggi"), HEIGHT_CLASSES, "Diukur"),
    (
        "BB/TB",
        ("Gizi Buruk", "Gizi Kurang", "Normal", "Risiko Gizi Lebih", "Gizi Lebih", "Obesitas"),
        THINNESS_CLASSES,
        "Ditimbang diukur",
    ),
)
_PLACE: Final = ("No", "Puskesmas", "Desa/Kelurahan", "Sasaran")
_TARGET_COLUMN: Final = 3
_LAST: Final = ("Stunting", "% Stunting", "Wasting", "Underweight")
_COMMA_SHARE: Final = 0.06
"""Rows whose percentages were pasted as text in the Indonesian style."""

Cell = int | float | str | tuple[str, float | str]
"""A number, a text, or a formula with the value it gives."""


def write_registry_workbook(
    folder: Path, *, registry: RegistryRows, missing: tuple[str, ...], streams: Streams
) -> tuple[PlantedFault, ...]:
    """Write one file and return the faults planted in it."""
    file = f"{FOLDER}/eppgbm_desa_{registry.slug}_{registry.period}.xlsx"
    random = streams.branch("eppgbm", registry.slug).generator("decimal comma", registry.period)
    comma = (random.random(len(registry.rows)) < _COMMA_SHARE) & (registry.rows["state"] == "").to_numpy()
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet(MARK)
        width = _write_headings(workbook, sheet, registry.stamp)
        for number, (record, text) in enumerate(zip(registry.rows.to_dict("records"), comma, strict=True), start=1):
            cells = _village_cells(number, number + 3, record)
            _write_cells(sheet, number + 2, _with_comma(cells) if text else cells)
        last = len(registry.rows) + 3
        sheet.merge_range(last, 0, last, 2, registry.regency)
        _write_cells(sheet, last, ["", "", "", *_total_cells(registry.rows, last)][:width], start=3)
    codes = registry.rows.loc[comma, "village_code"]
    return (
        *registry.faults(file=file, missing=missing),
        *(PlantedFault(kind=FaultKind.DECIMAL_COMMA, file=file, village_code=code) for code in codes),
    )
