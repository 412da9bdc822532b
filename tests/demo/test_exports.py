"""The files themselves: layouts, mark, totals, planted faults."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from python_calamine import CalamineWorkbook

from kbkit.demo import MARK, DemoReport, FaultKind, Population
from kbkit.demo.portal import HEADINGS

BLORA = "eppgbm/eppgbm_desa_blora_2024-02.xlsx"
ROKAN_HULU = "eppgbm/eppgbm_desa_rokan_hulu_2024-02.xls"
ROKAN_HULU_TARGETS = "eppgbm/eppgbm_sasaran_rokan_hulu_2024-02.xls"
PORTAL = "kampung_kb/kkb_klasifikasi_2024-01-04.xlsx"
PROFILE = "kampung_kb/kkb_profil_rinci_2024-01-04.xlsx"
WITH_COMMAS = ("pendukung/idm2023_desa.csv", "pendukung/survei_stunting_kabkota.csv")


def sheet_rows(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def html_rows(path: Path) -> list[list[str]]:
    page = lxml.html.fromstring(path.read_text(encoding="utf-8"))
    return [[cell.text_content() for cell in row.xpath("./td|./th")] for row in page.xpath("//tr")]


def csv_rows(path: Path, delimiter: str) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def delimiter_of(file: str) -> str:
    return "," if file in WITH_COMMAS else ";"


def planted(demo: DemoReport, kind: FaultKind, file: str) -> set[str]:
    return {fault.village_code for fault in demo.faults if fault.kind is kind and fault.file == file}


def test_files_of_the_demo(demo: DemoReport) -> None:
    # Four snapshots and a profile, e-PPGBM of three regencies, two lists of five, plans of two; two tables of two
    # regencies as HTML.
    workbooks = 4 + 1 + 3 * 4 + 2 * 5 + 2
    assert Counter(Path(file).suffix for file in demo.files) == {".xlsx": workbooks, ".xls": 2 * 2 * 4, ".csv": 3 + 4}


def test_every_file_carries_the_mark(demo: DemoReport, exports: Path) -> None:
    for file in demo.files:
        path = exports / file
        if path.suffix == ".xlsx":
            assert CalamineWorkbook.from_path(path).sheet_names[0] == MARK
        elif path.suffix == ".xls":
            assert f"<title>{MARK}</title>" in path.read_text(encoding="utf-8")
            assert html_rows(path)[0][1] == MARK
        else:
            rows = csv_rows(path, delimiter_of(file))
            assert rows[0][-1].lower() == "catatan"
            assert {row[-1] for row in rows[1:]} == {MARK}
    assert json.loads((demo.folder / "truth.json").read_text(encoding="utf-8"))["mark"] == MARK


def test_no_text_can_be_taken_for_a_formula(demo: DemoReport, exports: Path) -> None:
    for file in demo.files:
        if file.endswith(".csv"):
            cells = [cell for row in csv_rows(exports / file, delimiter_of(file)) for cell in row]
            assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_portal_export(demo: DemoReport, exports: Path) -> None:
    heading, *rows = sheet_rows(exports / PORTAL)
    assert tuple(heading) == HEADINGS
    assert {row[0] for row in rows} == {""}
    regencies = {row[3] for row in rows}
    assert regencies == {"BLORA", "KOTA PEKANBARU", "KOTA PARIAMAN", "ROKAN HULU", "KEPULAUAN ANAMBAS"}
    # Kampung KB of the last snapshot, two rows twice, one second Kampung KB.
    assert len(rows) == 295 + 61 + 71 + 35 + 30 + 2 + 1
    twice = [row for row, count in Counter(map(tuple, rows)).items() if count > 1]
    assert len(twice) == len(planted(demo, FaultKind.DUPLICATE_ROW, PORTAL)) == 2
    places = Counter(tuple(row[2:6]) for row in dict.fromkeys(map(tuple, rows)))
    assert [count for count in places.values() if count > 1] == [2]
    assert len(planted(demo, FaultKind.SECOND_KAMPUNG_KB, PORTAL)) == 1
    assert {row[21] for row in rows} == {"Dasar", "Berkembang", "Mandiri", "Berkelanjutan"}


def test_wrong_names_stand_in_the_portal_export(demo: DemoReport, exports: Path, population: Population) -> None:
    written = {row[5] for row in sheet_rows(exports / PORTAL)[1:]}
    true = dict(zip(population.villages["village_code"], population.villages["village_name"].str.upper(), strict=True))
    wrong = [fault for fault in demo.faults if fault.file == PORTAL and fault.written is not None]
    assert len(wrong) > 10
    assert all(fault.written in written and fault.written != true[fault.village_code] for fault in wrong)
    assert len(written - set(true.values())) <= len(wrong)


def test_registry_workbook(demo: DemoReport, exports: Path, population: Population) -> None:
    rows = sheet_rows(exports / BLORA)
    assert rows[0][0] == "Data Tanggal : 2024-02-27 08:15:00"
    assert rows[1][:5] == ["No", "Puskesmas", "Desa/Kelurahan", "Sasaran", "BB/U"]
    assert rows[2][10:14] == ["Sangat Pendek", "Pendek", "Normal", "Tinggi"]
    villages, total = rows[3:-1], rows[-1]
    missing, unmeasured = (planted(demo, kind, BLORA) for kind in (FaultKind.VILLAGE_MISSING, FaultKind.NOT_MEASURED))
    zero, comma = (planted(demo, kind, BLORA) for kind in (FaultKind.TARGET_ZERO, FaultKind.DECIMAL_COMMA))
    assert len(villages) == 295 - len(missing)
    assert sum(row[4] == "-" for row in villages) == len(unmeasured) > 0
    assert sum(row[3] == 0 for row in villages) == len(zero) > 0
    assert sum(isinstance(row[15], str) and "," in row[15] for row in villages) == len(comma) > 0
    absent = population.stunting["village_code"].isin(missing | unmeasured | zero)
    truth = population.stunting[(population.stunting["regency_code"] == "33.16") & ~absent].query("period == '2024-02'")
    assert sum(row[14] for row in villages if row[14] != "-") == truth["children_measured"].sum()
    assert sum(row[24] for row in villages if row[24] != "-") == truth["children_stunted"].sum()
    assert total[0] == "Kab. Blora"


@pytest.mark.parametrize("file", ["blora_2022-08", "kota_pekanbaru_2023-02", "kepulauan_anambas_2024-02"])
def test_total_row_is_the_sum_of_what_is_in_the_workbook(exports: Path, file: str) -> None:
    *villages, total = sheet_rows(exports / f"eppgbm/eppgbm_desa_{file}.xlsx")[3:]
    percent = (9, 15, 23, 25)
    for column in set(range(3, 28)) - set(percent):
        assert total[column] == sum(row[column] for row in villages if row[column] != "-"), column
    assert total[9] == pytest.approx(100 * total[8] / total[3])
    assert total[15] == pytest.approx(100 * total[14] / total[3])
    assert total[25] == pytest.approx(100 * total[24] / total[14])
    for row in villages:
        if row[4] != "-":
            assert sum(row[4:8]) == row[8]
            assert sum(row[10:14]) == row[14] == sum(row[16:22]) == row[22]
            assert row[24] == row[10] + row[11]
            assert row[26:28] == [row[16] + row[17], row[4] + row[5]]


def test_html_table(demo: DemoReport, exports: Path) -> None:
    stamp, title, groups, classes, *villages, total = html_rows(exports / ROKAN_HULU)
    assert stamp[0] == "Data Tanggal : 2024-02-27 08:15:00"
    assert "Kab. Rokan Hulu" in title[0]
    assert groups == ["No", "Puskesmas", "Desa", "BB/U", "TB/U", "BB/TB"]
    assert [len(row) for row in villages] == [19] * (145 - len(planted(demo, FaultKind.VILLAGE_MISSING, ROKAN_HULU)))
    assert classes[5:10] == ["Sangat Pendek", "Pendek", "Normal", "Tinggi", "Outlier"]
    assert total[0] == "Jumlah"
    for column in range(3, 19):
        assert int(total[column - 2]) == sum(int(row[column]) for row in villages if row[column] != "-")
    assert sum(row[3] == "-" for row in villages) == len(planted(demo, FaultKind.NOT_MEASURED, ROKAN_HULU)) == 1


def test_html_targets(demo: DemoReport, exports: Path, population: Population) -> None:
    *_, heading, total = [], html_rows(exports / ROKAN_HULU_TARGETS)[3], html_rows(exports / ROKAN_HULU_TARGETS)[-1]
    villages = html_rows(exports / ROKAN_HULU_TARGETS)[4:-1]
    assert heading == ["Laki-laki", "Perempuan", "Total"]
    assert all(int(row[3]) + int(row[4]) == int(row[5]) for row in villages)
    assert int(total[3]) == sum(int(row[5]) for row in villages)
    zero = planted(demo, FaultKind.TARGET_ZERO, ROKAN_HULU_TARGETS)
    assert sum(row[5] == "0" for row in villages) == len(zero) == 1
    counted = html_rows(exports / ROKAN_HULU)[4:-1]
    assert [row[1:3] for row in villages] == [row[1:3] for row in counted]


def test_families_file(exports: Path) -> None:
    heading, *rows = csv_rows(exports / "pendukung/data_verval_krs_2023_sem2.csv", ";")
    assert heading[:7] == ["", "PROVINSI", "KABUPATEN", "KECAMATAN", "KODE", "KELURAHAN", "JUMLAH KELUARGA"]
    assert {len(row[4]) for row in rows} == {4}
    assert len(rows) == 295 + 83 + 71 + 145 + 54
    at = {name: place for place, name in enumerate(heading)}
    for row in rows[::50]:
        at_risk = int(row[at["JUMLAH KRS"]])
        assert at_risk + int(row[at["JUMLAH TIDAK BERESIKO"]]) == int(row[at["JUMLAH KELUARGA SASARAN"]])
        assert at_risk == sum(int(row[at[name]]) for name in heading if name.startswith("KESEJAHTERAAN"))


def test_survey_file_differs_from_the_registry_and_has_intervals(exports: Path, population: Population) -> None:
    heading, *rows = csv_rows(exports / "pendukung/survei_stunting_kabkota.csv", ",")
    assert [row[2:4] for row in rows[:4]] == [["2021", "SSGI"], ["2022", "SSGI"], ["2023", "SKI"], ["2024", "SSGI"]]
    totals = population.stunting.groupby("regency_code")[["children_stunted", "children_measured"]].sum()
    registry = totals["children_stunted"] / totals["children_measured"]
    surveys = {code: [float(row[4]) / 100 for row in rows if row[0] == code] for code in registry.index}
    assert all(sum(values) / 4 > registry[code] for code, values in surveys.items())
    assert all(float(row[5]) < float(row[4]) < float(row[6]) for row in rows)
    assert heading[0] == "kode_kemendagri"


@pytest.mark.real
def test_layouts_are_those_of_the_real_exports(real_data: Path, exports: Path) -> None:
    real_portal = sheet_rows(real_data / "kkb" / "kkb_klasifikasi_pekanbaru_2022-12-02.xlsx")
    assert sheet_rows(exports / PORTAL)[0] == real_portal[0]
    real_registry = sheet_rows(real_data / "stunting" / "eppgbm_desa_pasangkayu_2024-01.xlsx")
    for mine, real in zip(sheet_rows(exports / BLORA)[1:3], real_registry[1:3], strict=True):
        assert mine[:1] + mine[2:] == real  # without the added Puskesmas column
    real_families = csv_rows(real_data / "sulbar" / "data_verval_krs_2024_sem2.csv", ";")
    assert csv_rows(exports / "pendukung/data_verval_krs_2023_sem2.csv", ";")[0][:-1] == real_families[0]
    for file, example in (
        (PROFILE, "kkb/kkb_profil_rinci_nasional_2023-06-12.xlsx"),
        ("pendukung/k0_kampung_kb_2024-01-04.csv", "sulbar/data_kkb.csv"),
        ("pendukung/k0_rumah_dataku_2024-01-04.csv", "sulbar/data_rdk.csv"),
        ("pendukung/profil_poktan_2024-01-04.csv", "sulbar/profil_poktan.csv"),
        ("pendukung/sasaran_poktan_2023.csv", "sulbar/sasaran_poktan_gabung.csv"),
    ):
        if file == PROFILE:
            assert sheet_rows(exports / file)[0] == sheet_rows(real_data / example)[0]
        else:
            assert csv_rows(exports / file, ";")[0][:-1] == csv_rows(real_data / example, ";")[0]
    real_index = csv_rows(real_data / "kovariat" / "idm2024_desa.csv", ",")
    assert csv_rows(exports / "pendukung/idm2023_desa.csv", ",")[0][:-1] == real_index[0]
