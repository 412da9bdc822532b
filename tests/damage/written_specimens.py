"""Specimens of the layouts that the demo lacks, written out."""

from __future__ import annotations

from collections.abc import Iterator

from tests.damage.demo_specimens import typed_value
from tests.damage.grid import Grid, Row, Value
from tests.damage.specimen import Specimen
from tests.ingest.test_areas import TIERS
from tests.ingest.test_idm_recommendation import HEADINGS as RECOMMENDATION_HEADINGS
from tests.ingest.test_registers import AGES, AKSI, SMALL
from tests.ingest.writing import PROFILE_HEADINGS

_PLACES = ("PROVINSI", "KABUPATEN", "KECAMATAN", "KODE", "KELURAHAN")
_VILLAGES = (
    ("SULAWESI BARAT", "PASANGKAYU", "BAMBAIRA", "2001", "BAMBAIRA"),
    ("SULAWESI BARAT", "PASANGKAYU", "BAMBAIRA", "2002", "KALUKUNANGKA"),
    ("SULAWESI BARAT", "PASANGKAYU", "BAMBAIRA", "2003", "TAMPAURE"),
    ("SULAWESI BARAT", "PASANGKAYU", "BAMBAIRA", "2004", "KASOLOANG"),
)
_MAPPING = """sheet: {sheet}
heading_row: 1
columns:
- heading: Kecamatan
  means: district
- heading: Desa
  means: village
- heading: Jml PUS
  means: couples
- heading: Ket
  means: ignore
"""


def written_specimens() -> Iterator[Specimen]:
    """Yield a specimen of each layout that the demo does not write."""
    for layout, (headings, values, _) in SMALL.items():
        yield _register(layout, f"{layout} 2024.csv", headings.split(";"), values.split(";"))
    yield _register(
        "age_pyramid", "Laki-laki 2024.csv", AGES.split(";"), [str(17 * 18 // 2 + 17), *map(str, range(1, 18))]
    )
    yield _convergence_action()
    yield from (_genting(), _tier_counts(), _health_centres(), _profile(), _recommendation(), _mapped())


def _register(layout: str, file: str, headings: list[str], values: list[str]) -> Specimen:
    numbers = [typed_value(value.replace(",", ".") if value[:1].isdigit() else value) for value in values]
    body = tuple(
        (*place, *(_varied(number, headings[column], index) for column, number in enumerate(numbers)))
        for index, place in enumerate(_VILLAGES)
    )
    places = len(_PLACES)
    grid = Grid(
        headings=((*_PLACES, *headings),),
        body=body,
        texts=frozenset(range(places)),
        # Columns that the layout leaves aside on purpose.
        fixed=frozenset(places + i for i, name in enumerate(headings) if (layout, name) in LEFT_ASIDE),
    )
    return Specimen(name=f"{layout}-csv", layout=layout, file=file, container="delimited", grid=grid)


LEFT_ASIDE = {
    ("poktan_profile", "PUS"),
    ("village_resources", "IDM"),
    ("kampung_kb_register", "JUMLAH KELURAHAN/DESA"),
}
"""Columns that a layout does not read, on purpose."""


def _varied(value: Value, heading: str, index: int) -> Value:
    """Return another value for each village, four figures in some."""
    if isinstance(value, int):
        return value + index * 1007
    if isinstance(value, float):
        return round(value + index * 0.01, 6)
    return f"{value} {index}" if "Posyandu" in heading else value


def _convergence_action() -> Specimen:
    rows = [
        (
            i + 1,
            "MEDAN TUNTUNGAN",
            "TUNTUNGAN",
            f"127501000{i}",
            f"12.71.10.100{i}",
            name,
            900 + i,
            80 + i,
            1300 + i,
            i,
            2,
        )
        for i, name in enumerate(("BARU LADANG", "KEMENANGAN TANI", "LADANG BAMBU", "LAU CIH"))
    ]
    grid = Grid(
        headings=(tuple(AKSI.split(";")),), body=tuple(rows), texts=frozenset((1, 2, 3, 4, 5)), fixed=frozenset({0})
    )
    return Specimen(
        name="convergence_action-csv",
        layout="convergence_action",
        file="aksi kota medan 2022.csv",
        container="delimited",
        grid=grid,
    )


def _genting() -> Specimen:
    grid = Grid(
        titles=(("Target dan Capaian Pekan Genting",), ()),
        headings=(("Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan", "Target", "Capaian", "% Capaian"),),
        body=(
            ("MAJENE", "BANGGAE", "BANGGAE", 11, 5, 0.4545),
            ("MAJENE", "BANGGAE", "BARU", 89, 37, 0.4157),
            ("MAJENE", "BANGGAE", "PANGALI-ALI", 1200, 600, 0.5),
        ),
        below=(("Grand Total", "", "", 1300, 642, 0.4938),),
        fixed=frozenset({5}),
    )
    return Specimen(
        name="genting_target-xlsx", layout="genting_target", file="capaian 2025.xlsx", container="workbook", grid=grid
    )


def _tier_counts() -> Specimen:
    groups = ("No", "Kabupaten", *(tier for tier in TIERS for _ in range(2)), "Total")
    members = ("No", "Kabupaten", *("Jumlah", "%") * 4, "Total")
    counts = (("BLORA", 93, 56, 32, 114), ("REMBANG", 1, 2, 3, 4), ("KUDUS", 1001, 12, 13, 14))
    body: list[Row] = [
        (index, name, *(cell for number in numbers for cell in (number, "25,0%")), sum(numbers))
        for index, (name, *numbers) in enumerate(counts, start=1)
    ]
    sums = [sum(numbers) for numbers in zip(*(row[1:] for row in counts), strict=True) if isinstance(numbers[0], int)]
    total = ("", "Total", *(cell for number in sums for cell in (number, "100%")), sum(sums))
    grid = Grid(headings=(groups, members), body=tuple(body), below=(total,), fixed=frozenset({0, 3, 5, 7, 9}))
    return Specimen(
        name="tier_counts-xlsx", layout="tier_counts", file="jumlah_2024-01-04.xlsx", container="workbook", grid=grid
    )


def _health_centres() -> Specimen:
    grid = Grid(
        titles=(("Kab. Pasangkayu",), ("Data Tanggal : 2024-01-17",)),
        headings=(("No", "Puskesmas", "Sasaran", "Diukur", "Stunting"),),
        body=((1, "PUSKESMAS A", 10, 4, 1), (2, "PUSKESMAS B", 2000, 1800, 3), (3, "PUSKESMAS C", 30, 18, 4)),
        below=(("Jumlah", "", 2040, 1822, 8),),
        fixed=frozenset({0}),
    )
    return Specimen(
        name="eppgbm_health_centre-xlsx",
        layout="eppgbm_health_centre",
        file="eppgbm puskesmas.xlsx",
        container="workbook",
        grid=grid,
    )


def _profile() -> Specimen:
    flags = {"Pokja Pengurusan", "Pokja SK", "Pokja Pelatihan", "PLKB Pendamping", "Regulasi", "RKM", "Penggunaan Data"}
    body = tuple(
        (
            *("", "Kampung KB", *village[:3], village[4]),
            *("Ada" if name in flags else 3 + index + column for column, name in enumerate(PROFILE_HEADINGS[6:])),
        )
        for index, village in enumerate(_VILLAGES)
    )
    grid = Grid(headings=(tuple(PROFILE_HEADINGS),), body=body, fixed=frozenset({0}))
    return Specimen(
        name="profile-xlsx", layout="profile", file="profil_2023-06-12.xlsx", container="workbook", grid=grid
    )


def _recommendation() -> Specimen:
    title, groups, members = RECOMMENDATION_HEADINGS
    filled = ["IDM" if 9 <= column < 14 else name for column, name in enumerate(groups)]
    under = [members[column] or groups[column] for column in range(len(groups) - 1)]
    body: list[Row] = [
        (
            *(index, 76, "SULAWESI BARAT", 7601, "PASANGKAYU", 760110, "BAMBAIRA", f"760110{tail}", name),
            *(0.71, 0.62 + index / 100, 0.6, 0.6433, "BERKEMBANG", "Bangun posyandu"),
        )
        for index, (*_, tail, name) in enumerate(_VILLAGES, start=1)
    ]
    grid = Grid(
        titles=((title[0],),),
        headings=(tuple(filled), (*under, "KEGIATAN")),
        body=tuple(body),
        texts=frozenset({7}),
        fixed=frozenset({0, 1, 3, 5}),
    )
    return Specimen(
        name="idm_recommendation-xlsx", layout="idm_recommendation", file="idm.xlsx", container="workbook", grid=grid
    )


def _mapped() -> Specimen:
    body = tuple((place[2], place[4], 12 + index * 1007, "-") for index, place in enumerate(_VILLAGES))
    grid = Grid(headings=(("Kecamatan", "Desa", "Jml PUS", "Ket"),), body=body)
    return Specimen(
        name="mapped-xlsx",
        layout="mapped",
        file="tabel Pasangkayu 2024.xlsx",
        container="workbook",
        grid=grid,
        beside={".kbkit.yaml": _MAPPING.format(sheet="Worksheet")},
    )
