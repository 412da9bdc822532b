"""Specimens of the lists that an office keeps in kbkit's own layout."""

from __future__ import annotations

from collections.abc import Iterator

from kbkit.domain.agencies import DEFAULT_AGENCIES
from kbkit.domain.funding import FUNDING_SOURCES, PURPOSES
from kbkit.domain.interventions import DEFAULT_INTERVENTIONS
from kbkit.domain.plans import STATUS_NAMES
from kbkit.domain.problems import PROBLEMS
from tests.damage.grid import Grid, Row
from tests.damage.specimen import Specimen

_VILLAGES = ("BAMBAIRA", "KALUKUNANGKA", "TAMPAURE", "KASOLOANG")
_PLACE = ("No", "Kode desa", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan")
_AGENCY, _SOURCE = DEFAULT_AGENCIES[0].name, FUNDING_SOURCES[0].name
_NUMBER, _CODE, _YEAR = 0, 1, 6


def office_specimens() -> Iterator[Specimen]:
    """Yield a list of interventions, one of funding and a joint plan."""
    yield _list(
        "interventions",
        ("Tahun", "Intervensi", "OPD penanggung jawab", "Sumber dana", "Volume", "Target", "Capaian", "Anggaran (Rp)"),
        [
            (2024, DEFAULT_INTERVENTIONS[i].name, _AGENCY, _SOURCE, 2.5 + i, 40 + i, 30 + i, 1_500_000 + i)
            for i in range(4)
        ],
    )
    yield _list(
        "funding",
        ("Tahun", "Sumber dana", "Peruntukan", "Jumlah dana (Rp)", "Realisasi (Rp)"),
        [(2024, _SOURCE, next(iter(PURPOSES.values())), 25_000_000 + i, 1_250_000 + i) for i in range(4)],
    )
    yield _list(
        "plan",
        ("Tanggal rapat", "Masalah", "Intervensi", "OPD penanggung jawab", "Volume", "Status", "Capaian"),
        [
            (
                "26 September 2024",
                problem.name,
                intervention.name,
                _AGENCY,
                2.5 + i,
                next(iter(STATUS_NAMES.values())),
                i + 0.5,
            )
            for i, (problem, intervention) in enumerate(zip(PROBLEMS.values(), DEFAULT_INTERVENTIONS[:4], strict=False))
        ],
    )


def _list(layout: str, headings: tuple[str, ...], rows: list[Row]) -> Specimen:
    body = [
        (index + 1, f"76.01.10.200{index + 1}", "SULAWESI BARAT", "PASANGKAYU", "BAMBAIRA", village, *row)
        for index, (village, row) in enumerate(zip(_VILLAGES, rows, strict=False))
    ]
    grid = Grid(
        headings=((*_PLACE, *headings),), body=tuple(body), texts=frozenset({_CODE, _YEAR}), fixed=frozenset({_NUMBER})
    )
    return Specimen(name=f"{layout}-xlsx", layout=layout, file=f"{layout} 2024.xlsx", container="workbook", grid=grid)
