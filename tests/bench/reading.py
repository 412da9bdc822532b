"""How fast each layout is read, and with how much memory, beside the bare read of the same file.

``python -m tests.bench.reading [--rounds N]``. The bare reads know nothing of what they read: every cell of every sheet
by pandas with openpyxl, by openpyxl alone, by calamine alone; text by pandas. kbkit's reader recognises the layout,
looks for personal data, reads numbers as people write them and gathers faults besides.

Real exports are read where they are (``KBKIT_REAL_DATA``, else ``../shared/data``), files of the demo elsewhere.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from kbkit.ingest import LAYOUT_NAMES, read_exports
from tests.bench.measuring import PROJECT, Measured, Work, as_records, interleave, median_of, ratio, write_results

_DAY: Final = dt.date(2024, 1, 31)
"""Day given for files that hold none."""
_REAL: Final = {
    "classification": "kkb/kkb_klasifikasi_nasional_2022-06-13.xlsx",
    "profile": "kkb/kkb_profil_rinci_nasional_2023-06-12.xlsx",
    "eppgbm": "stunting/eppgbm_desa_pasangkayu_2024-01.xlsx",
    "verval_krs": "sulbar/data_verval_krs_2024_sem2.csv",
    "idm": "kovariat/idm2024_desa.csv",
    "surveys": "stunting/ssgi_kabkota_dari_media.csv",
    "kampung_kb_register": "sulbar/data_kkb.csv",
    "data_house_register": "sulbar/data_rdk.csv",
    "unmet_need": "sulbar/data_pus.csv",
    "poktan_members": "sulbar/sasaran_poktan_gabung.csv",
    "poktan_profile": "sulbar/profil_poktan.csv",
    "village_resources": "sulbar/profil_sumber_daya.csv",
    "age_pyramid": "sulbar/PIRAMIDA PENDUDUK - Laki-laki.csv",
    "posyandu": "sulbar/keberadaan_posyandu.csv",
    "genting_target": "sulbar/Target dan Capaian Pekan genting per Kec.Desa.xlsx",
}
_DEMO: Final = {
    "classification": "kampung_kb/kkb_klasifikasi_2024-01-04.xlsx",
    "profile": "kampung_kb/kkb_profil_rinci_2024-01-04.xlsx",
    "eppgbm": "eppgbm/eppgbm_desa_blora_2024-02.xlsx",
    "eppgbm_html": "eppgbm/eppgbm_desa_rokan_hulu_2024-02.xls",
    "eppgbm_targets": "eppgbm/eppgbm_sasaran_rokan_hulu_2024-02.xls",
    "verval_krs": "pendukung/data_verval_krs_2023_sem2.csv",
    "idm": "pendukung/idm2023_desa.csv",
    "surveys": "pendukung/survei_stunting_kabkota.csv",
    "kampung_kb_register": "pendukung/k0_kampung_kb_2024-01-04.csv",
    "data_house_register": "pendukung/k0_rumah_dataku_2024-01-04.csv",
    "poktan_members": "pendukung/sasaran_poktan_2023.csv",
    "poktan_profile": "pendukung/profil_poktan_2024-01-04.csv",
    "interventions": "daftar_opd/intervensi_blora_2023.xlsx",
    "funding": "daftar_opd/pendanaan_blora_2023.xlsx",
}
"""File of each layout; ``eppgbm_html`` is the layout ``eppgbm`` in its other clothes."""
_MEGABYTE: Final = 2**20


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A file that is read in several ways."""

    layout: str
    path: Path
    real: bool

    @property
    def ways(self) -> tuple[str, ...]:
        """Names of the functions below that can read it."""
        head = self.path.read_bytes()[:4]
        if head.startswith(b"PK"):
            return ("kbkit", "pandas", "openpyxl", "calamine")
        return ("kbkit", "pandas_html") if head.startswith(b"<") else ("kbkit", "pandas_text")


def read_by_kbkit(path: str) -> int:
    """Read a file as ``kbkit prepare`` does; return the rows of data."""
    file = Path(path)
    exports = read_exports([file], dates={file.name: _DAY} if _lacks_a_day(file) else None)
    if not exports.extracts:
        raise ValueError(f"nothing was read: {[fault.code for fault in exports.faults]}")
    return sum(extract.rows_read for extract in exports.extracts)


def _lacks_a_day(file: Path) -> bool:
    return not any(sign.isdigit() for sign in file.name)


def read_by_pandas(path: str) -> int:
    """Read every sheet of a workbook with pandas and openpyxl."""
    return sum(map(len, pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl").values()))


def read_by_openpyxl(path: str) -> int:
    """Read every sheet of a workbook with openpyxl alone, its quickest way."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))


def read_by_calamine(path: str) -> int:
    """Read every sheet of a workbook with calamine alone."""
    book = CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def read_by_pandas_html(path: str) -> int:
    """Read the tables of an HTML file with pandas."""
    return sum(map(len, pd.read_html(io.StringIO(Path(path).read_text(encoding="utf-8")))))


def read_by_pandas_text(path: str) -> int:
    """Read a delimited file with pandas, every cell as text."""
    head = Path(path).read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    return len(pd.read_csv(path, sep=";" if ";" in head else ",", dtype=str, header=None, encoding_errors="replace"))


def find_subjects(folder: Path) -> Iterator[Subject]:
    """Yield a file for each layout: the real one where it is, else that of the demo.

    Args:
        folder: exports of the demo.
    """
    real = Path(os.environ.get("KBKIT_REAL_DATA", PROJECT.parent / "shared" / "data"))
    for layout in dict.fromkeys([*_REAL, *_DEMO]):
        if layout in _REAL and (real / _REAL[layout]).is_file():
            yield Subject(layout=layout, path=real / _REAL[layout], real=True)
        elif layout in _DEMO:
            yield Subject(layout=layout, path=folder / _DEMO[layout], real=False)


def measure_subject(subject: Subject, *, rounds: int) -> list[Measured]:
    """Read one file in every way, interleaved."""
    works = [
        Work(name=way, function=f"tests.bench.reading:read_by_{way}", arguments=(str(subject.path),))
        for way in subject.ways
    ]
    return interleave(works, rounds=rounds)


def describe(subject: Subject, measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """Return a line a way: rows a second, CPU, memory above the imports, and CPU over that of the bare pandas read."""
    (rows,) = {item.result for item in measured if item.name == "kbkit"}
    bare = subject.ways[1]
    return [_line(subject, measured, way, rows=rows, bare=bare) for way in subject.ways]


def _line(subject: Subject, measured: Sequence[Measured], way: str, *, rows: int, bare: str) -> dict[str, Any]:
    wall = median_of(measured, way, "wall") or 0.0
    peak, imported = median_of(measured, way, "peak_rss"), median_of(measured, way, "imported_rss")
    return {
        "layout": subject.layout,
        "real": subject.real,
        "megabytes": subject.path.stat().st_size / _MEGABYTE,
        "rows": rows,
        "way": way,
        "rows_a_second": rows / wall if wall else None,
        "wall": wall,
        "cpu": median_of(measured, way, "cpu"),
        "peak_megabytes": None if peak is None else peak / _MEGABYTE,
        "megabytes_above_imports": None if peak is None or imported is None else max(0.0, peak - imported) / _MEGABYTE,
        "cpu_over_bare": ratio(measured, way, to=bare),
        "foreign_cores": median_of(measured, way, "foreign_cores"),
    }


def print_table(lines: Sequence[Mapping[str, Any]]) -> None:
    """Print the lines, kbkit's first in each layout."""
    heads = ("layout", "rows", "MB", "way", "rows/s", "CPU s", "x bare", "MB more", "foreign")
    print("{:30}{:>7}{:>7}  {:12}{:>10}{:>8}{:>8}{:>9}{:>9}".format(*heads))
    for line in lines:
        name = line["layout"] + ("" if line["real"] else " (demo)")
        file = (name, str(line["rows"]), _shown(line["megabytes"], 2)) if line["way"] == "kbkit" else ("", "", "")
        speed = (_shown(line["rows_a_second"], 0), _shown(line["cpu"], 2), _shown(line["cpu_over_bare"], 2))
        rest = (_shown(line["megabytes_above_imports"], 0), _shown(line["foreign_cores"], 1))
        print("{:30}{:>7}{:>7}  {:12}{:>10}{:>8}{:>8}{:>9}{:>9}".format(*file, line["way"], *speed, *rest))


def _shown(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every layout, print the table, write the results."""
    from kbkit.demo import write_demo

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--layout", action="append", help="only this layout; may be repeated")
    chosen = parser.parse_args(arguments)
    lines: list[dict[str, Any]] = []
    runs: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        exports = write_demo(out=Path(folder) / "demo").exports
        for subject in find_subjects(exports):
            if chosen.layout and subject.layout not in chosen.layout:
                continue
            measured = measure_subject(subject, rounds=chosen.rounds)
            runs[subject.layout] = as_records(measured)
            lines += describe(subject, measured)
            print(f"{subject.layout}: {len(measured)} runs", file=sys.stderr)
    print_table(lines)
    unread = sorted(set(LAYOUT_NAMES) - {line["layout"] for line in lines})
    print(f"without a file here: {', '.join(unread)}")
    print(write_results("reading", {"rounds": chosen.rounds, "lines": lines, "runs": runs}).relative_to(PROJECT))


if __name__ == "__main__":
    main()
