"""e-PPGBM by village as it is downloaded: an HTML table named ``.xls``, and a second one with the targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.faults import PlantedFault
from kbkit.demo.mark import MARK
from kbkit.demo.registry import CLASSES, FOLDER, RegistryRows
from kbkit.demo.streams import Streams

_GROUPS: Final = (
    ("BB/U", ("Sangat Kurang", "Kurang", "Normal", "Risiko Lebih", "Outlier")),
    ("TB/U", ("Sangat Pendek", "Pendek", "Normal", "Tinggi", "Outlier")),
    ("BB/TB", ("Gizi Buruk", "Gizi Kurang", "Normal", "Risiko Gizi Lebih", "Gizi Lebih", "Obesitas")),
)
_PLACE: Final = ("No", "Puskesmas", "Desa")
_TARGETS: Final = ("Laki-laki", "Perempuan", "Total")
_GIRL_SHARE: Final = 0.49


def write_registry_html(folder: Path, *, registry: RegistryRows, streams: Streams) -> tuple[PlantedFault, ...]:
    """Write the two files of one regency and period, and return the faults planted in them."""
    counts_file = f"{FOLDER}/eppgbm_desa_{registry.slug}_{registry.period}.xls"
    targets_file = f"{FOLDER}/eppgbm_sasaran_{registry.slug}_{registry.period}.xls"
    random = streams.branch("eppgbm", registry.slug).generator("girls", registry.period)
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    _write_page(folder / counts_file, _counts_table(registry))
    _write_page(folder / targets_file, _targets_table(registry, random))
    return (*registry.faults(file=counts_file), *registry.target_faults(file=targets_file))


def _counts_table(registry: RegistryRows) -> Iterable[str]:
    width = len(_PLACE) + len(CLASSES)
    yield from _opening(registry, f"Status Gizi Balita per Desa/Kelurahan {registry.regency}", width)
    yield _row(*(_cell(name, "th", rows=2) for name in _PLACE), *(_cell(g, "th", columns=len(c)) for g, c in _GROUPS))
    yield _row(*(_cell(name, "th") for _, names in _GROUPS for name in names))
    yield from _body(registry.rows, registry.rows[list(CLASSES)])


def _targets_table(registry: RegistryRows, random: np.random.Generator) -> Iterable[str]:
    yield from _opening(registry, f"Sasaran Balita per Desa/Kelurahan {registry.regency}", len(_PLACE) + len(_TARGETS))
    yield _row(*(_cell(name, "th", rows=2) for name in _PLACE), _cell("Sasaran", "th", columns=len(_TARGETS)))
    yield _row(*(_cell(name, "th") for name in _TARGETS))
    total = registry.rows["target"].to_numpy(dtype=np.int64)
    girls = random.binomial(total, _GIRL_SHARE)
    yield from _body(registry.rows, pd.DataFrame({"boys": total - girls, "girls": girls, "total": total}))


def _opening(registry: RegistryRows, title: str, width: int) -> Iterable[str]:
    """Return the stamp row, with the mark in its second cell, and the title row."""
    yield _row(_cell(registry.stamp, columns=len(_PLACE)), _cell(MARK, columns=width - len(_PLACE)))
    yield _row(_cell(title, "th", columns=width))


def _body(rows: pd.DataFrame, counts: pd.DataFrame) -> Iterable[str]:
    """Return a row a village and the closing row "Jumlah"; a missing count is a dash."""
    for number, (centre, village, values) in enumerate(
        zip(rows["health_centre"], rows["village"], counts.astype(object).to_numpy(), strict=True), start=1
    ):
        yield _row(*map(_cell, (str(number), centre, village)), *(_cell(_count(value)) for value in values))
    yield _row(_cell("Jumlah", columns=len(_PLACE)), *(_cell(str(int(total))) for total in counts.sum()))


def _count(value: object) -> str:
    return "-" if value is pd.NA else str(value)


def _cell(text: str, tag: str = "td", *, columns: int = 1, rows: int = 1) -> str:
    spans = "".join(f' {name}span="{span}"' for name, span in (("col", columns), ("row", rows)) if span > 1)
    return f"<{tag}{spans}>{escape(text)}</{tag}>"


def _row(*cells: str) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _write_page(path: Path, rows: Iterable[str]) -> None:
    page: Sequence[str] = [
        "<html>",
        f'<head><meta charset="utf-8"><title>{MARK}</title></head>',
        "<body>",
        '<table border="1">',
        *rows,
        "</table>",
        "</body>",
        "</html>",
        "",
    ]
    path.write_text("\n".join(page), encoding="utf-8", newline="\n")
