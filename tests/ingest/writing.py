"""Small exports in the real layouts, written by tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

CLASSIFICATION_HEADINGS = [
    "No",
    "Kampung KB",
    "Provinsi",
    "Kabupaten",
    "Kecamatan",
    "Desa",
    "Input Pokja",
    "Input Sumber Dana",
    "Input Poktan",
    "Input Sarana",
    "Input PKB/PLKB",
    "Proses Penggunaan Data",
    "Proses Operasional",
    "Proses Lintas Sektor",
    "Output Poktan",
    "Output CPR",
    "Output MKJP",
    "Output Unmet Need",
    "Index Input",
    "Index Proses",
    "Index Output",
    "Klasifikasi",
]
PARIAMAN = ("SUMATERA BARAT", "KOTA PARIAMAN", "PARIAMAN TENGAH")
# Vector C of the rule: input 3.40, process 3.33, output 3.25.
BERKELANJUTAN = (4, 3, 4, 3, 3, 3, 4, 3, 4, 4, 2, 3, 3.4, 3.33, 3.25, "Berkelanjutan")
DASAR = (*(1,) * 12, 1, 1, 1, "Dasar")

EPPGBM_HEADINGS = (
    ("No", "Puskesmas", "Desa", *("BB/U",) * 5, *("TB/U",) * 5, *("BB/TB",) * 6),
    (
        *("No", "Puskesmas", "Desa"),
        *("Sangat Kurang", "Kurang", "Normal", "Risiko Lebih", "Outlier"),
        *("Sangat Pendek", "Pendek", "Normal", "Tinggi", "Outlier"),
        *("Gizi Buruk", "Gizi Kurang", "Normal", "Risiko Gizi Lebih", "Gizi Lebih", "Obesitas"),
    ),
)

VERVAL_HEADINGS = (
    ";PROVINSI;KABUPATEN;KECAMATAN;KODE;KELURAHAN;JUMLAH KELUARGA;JUMLAH KELUARGA SASARAN;KESEJAHTERAAN 1;"
    "KESEJAHTERAAN 2;KESEJAHTERAAN 3;KESEJAHTERAAN 4;KESEJAHTERAAN > 4;JUMLAH KRS;JUMLAH TIDAK BERESIKO;PUNYA BADUTA;"
    "PUNYA BALITA;PUS;PUS HAMIL;SUMBER AIR MINUM TIDAK LAYAK;JAMBAN TIDAK LAYAK;TERLALU MUDA;TERLALU TUA;"
    "TERLALU DEKAT;TERLALU BANYAK;PUS 4T;BUKAN PESERTA KB MODERN;PERIODE"
)
VERVAL_COUNTS = "728;538;38;23;14;12;103;190;348;55;146;536;25;98;41;18;122;10;186;261;223"


def write_workbook(path: Path, rows: Sequence[Sequence[Any]], *, sheet: str = "Worksheet") -> Path:
    """Write rows into the only sheet of a workbook; blank texts stay empty cells."""
    with xlsxwriter.Workbook(path) as workbook:
        worksheet = workbook.add_worksheet(sheet)
        for index, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in ("", None):
                    worksheet.write(index, column, value)
    return path


def classification_row(village: str, values: Sequence[Any] = DASAR, *, place: Sequence[str] = PARIAMAN) -> list[Any]:
    """Return a row of the portal's export."""
    return ["", f"Kampung KB {village}", *place, village, *values]


def write_classification(path: Path, rows: Sequence[Sequence[Any]], *, sheet: str = "Worksheet") -> Path:
    """Write an export of the portal."""
    return write_workbook(path, [CLASSIFICATION_HEADINGS, *rows], sheet=sheet)


def eppgbm_row(number: str, centre: str, village: str, height: Sequence[Any]) -> list[Any]:
    """Return a row of e-PPGBM with its five height classes (very short, short, normal, tall, outlier)."""
    return [number, centre, village, 1, 2, 30, 0, 0, *height, 0, 1, 30, 1, 0, 0]


def html_table(rows: Sequence[Sequence[Any]], *, stamp: str = "2024-08-27", title: str = "e-PPGBM") -> str:
    """Return the HTML that e-PPGBM names ``.xls``, groups and names spanning as they do there."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    members = "".join(f"<th>{name}</th>" for name in EPPGBM_HEADINGS[1][3:])
    return (
        f"<html><head><title>{title}</title></head><body><table>"
        f'<tr><td colspan="19">Data Tanggal : {stamp} 08:15:00</td></tr>'
        '<tr><th rowspan="2">No</th><th rowspan="2">Puskesmas</th><th rowspan="2">Desa</th>'
        '<th colspan="5">BB/U</th><th colspan="5">TB/U</th><th colspan="6">BB/TB</th></tr>'
        f"<tr>{members}</tr>{body}</table></body></html>"
    )


PROFILE_HEADINGS = [
    *("No", "Kampung KB", "Provinsi", "Kabupaten", "Kecamatan", "Desa", "Jumlah Sumber Dana", "Pokja Pengurusan"),
    *("Pokja SK", "Pokja Pelatihan", "Pokja Jumlah", "Pokja Jumlah Terlatih", "PLKB Pendamping", "Regulasi"),
    *("Regulasi Jumlah", "RKM", "Penggunaan Data", "Jumlah Mekanisme Operasional", "Pus", "Penduduk", "Keluarga"),
    *("Remaja", "Memiliki Balita", "Memiliki Remaja", "Memiliki Lansia", "BKB", "BKR", "BKL", "UPPKA", "PIKR", "IUD"),
    *("MOW", "MOP", "Kondom", "Implan", "Suntik", "Pil", "Hamil", "Anak Segera", "Anak Kemudian", "Tidak Ingin Anak"),
]


def profile_row(village: str, values: dict[str, Any], *, name: str = "Kampung KB") -> list[Any]:
    """Return a row of the portal's profile; columns that are not given stay blank."""
    places = ["", name, *PARIAMAN, village]
    return [*places, *(values.get(heading, "") for heading in PROFILE_HEADINGS[6:])]
