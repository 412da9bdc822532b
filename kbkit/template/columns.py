"""The columns of each workbook: heading, width, what may stand there, and an example.

Headings are Indonesian in every language: they are what the reader knows (:mod:`kbkit.ingest.interventions`,
:mod:`kbkit.ingest.funding`, :mod:`kbkit.ingest.joint_plan`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from kbkit.domain.agencies import DEFAULT_AGENCIES
from kbkit.domain.funding import FUNDING_SOURCES, PURPOSES
from kbkit.domain.interventions import DEFAULT_INTERVENTIONS, KIND_NAMES, TARGET_GROUPS
from kbkit.domain.plans import STATUS_NAMES
from kbkit.domain.problems import PROBLEMS
from kbkit.domain.programmes import PROGRAMME_GROUPS

TemplateKind = Literal["interventions", "funding", "plan"]
KINDS: Final[tuple[TemplateKind, ...]] = get_args(TemplateKind)

Content = Literal["text", "code", "year", "date", "count", "measure", "rupiah"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column to fill in.

    Attributes:
        name: canonical name of the reader; what to write there is ``template.<kind>_<name>`` in the catalogues.
        heading: as the sheet writes it.
        width: in characters.
        content: what a cell holds.
        required: whether a row cannot be read without it.
        choices: what its drop-down offers; empty without one.
        open_list: whether another text than the choices may be typed.
        example: what the example row holds.
        hidden: whether the column is kbkit's own and not shown.
    """

    name: str
    heading: str
    width: int
    content: Content = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    open_list: bool = False
    example: str | int | None = None
    hidden: bool = False


PERIODS: Final = (
    *("Tahunan", "Semester 1", "Semester 2"),
    *("Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV"),
)
"""Parts of a year that the drop-down offers; a month may be typed."""

_AGENCY_NAMES: Final = tuple(agency.name for agency in DEFAULT_AGENCIES)
_SOURCE_NAMES: Final = tuple(source.name for source in FUNDING_SOURCES)
_EXAMPLE: Final = {item.key: item for item in DEFAULT_INTERVENTIONS}["food_pregnant_deficient"]

_PLACES: Final = (
    Column(name="number", heading="No", width=8, example="contoh"),
    Column(name="code_found", heading="Kode Desa", width=15, content="code", example="33.16.01.2009"),
    Column(name="regency_found", heading="Kabupaten/Kota", width=20, example="Kabupaten Blora"),
    Column(name="district_found", heading="Kecamatan", width=18, required=True, example="Jati"),
    Column(name="village_found", heading="Desa/Kelurahan", width=22, required=True, example="Doplang"),
    Column(name="year", heading="Tahun", width=8, content="year", required=True, example=2024),
)

COLUMNS: Final[Mapping[TemplateKind, tuple[Column, ...]]] = {
    "interventions": (
        *_PLACES,
        Column(name="period", heading="Periode", width=13, choices=PERIODS, open_list=True, example="Tahunan"),
        Column(
            name="programme_group",
            heading="Kelompok Program",
            width=34,
            choices=tuple(f"{number}. {group.name}" for number, group in PROGRAMME_GROUPS.items()),
            example=f"{_EXAMPLE.group}. {PROGRAMME_GROUPS[_EXAMPLE.group].name}",
        ),
        Column(
            name="intervention",
            heading="Intervensi",
            width=40,
            required=True,
            choices=tuple(item.name for item in DEFAULT_INTERVENTIONS),
            open_list=True,
            example=_EXAMPLE.name,
        ),
        Column(name="kind", heading="Jenis", width=11, choices=tuple(KIND_NAMES.values()), example="spesifik"),
        Column(
            name="target_group",
            heading="Kelompok Sasaran",
            width=26,
            choices=tuple(TARGET_GROUPS.values()),
            example=TARGET_GROUPS[_EXAMPLE.target],
        ),
        Column(
            name="lead_agency",
            heading="OPD Penanggung Jawab",
            width=38,
            choices=_AGENCY_NAMES,
            open_list=True,
            example="Dinas Kesehatan",
        ),
        Column(
            name="supporting_agencies",
            heading="OPD Pendukung",
            width=38,
            choices=_AGENCY_NAMES,
            open_list=True,
            example="Dinas Sosial; Dinas Ketahanan Pangan dan Pertanian",
        ),
        Column(name="funding_source", heading="Sumber Dana", width=22, choices=_SOURCE_NAMES, example="Dana Desa"),
        Column(name="volume", heading="Volume", width=10, content="measure", example=12),
        Column(name="unit", heading="Satuan", width=12, example="orang"),
        Column(name="target", heading="Target", width=10, content="count", example=12),
        Column(name="attained", heading="Capaian", width=10, content="count", example=9),
        Column(name="budget", heading="Anggaran (Rp)", width=17, content="rupiah", example=14_400_000),
        Column(name="spent", heading="Realisasi Anggaran (Rp)", width=17, content="rupiah", example=10_800_000),
    ),
    "funding": (
        *_PLACES,
        Column(
            name="source",
            heading="Sumber Dana",
            width=26,
            required=True,
            choices=_SOURCE_NAMES,
            example="Dana Desa",
        ),
        Column(
            name="purpose",
            heading="Peruntukan",
            width=44,
            choices=tuple(PURPOSES.values()),
            example=PURPOSES["dashat"],
        ),
        Column(name="amount", heading="Jumlah Dana (Rp)", width=18, content="rupiah", example=15_000_000),
        Column(name="spent", heading="Realisasi (Rp)", width=18, content="rupiah", example=12_500_000),
    ),
    "plan": (
        *_PLACES[:-1],
        Column(
            name="meeting_date", heading="Tanggal Rapat", width=14, content="date", required=True, example="2024-09-26"
        ),
        Column(
            name="problem",
            heading="Masalah",
            width=28,
            required=True,
            choices=tuple(problem.name for problem in PROBLEMS.values()),
            open_list=True,
            example=PROBLEMS["toilet_unimproved"].name,
        ),
        Column(
            name="intervention",
            heading="Intervensi",
            width=40,
            choices=(
                *(item.name for item in DEFAULT_INTERVENTIONS),
                *(problem.task for problem in PROBLEMS.values() if problem.task),
            ),
            open_list=True,
            example="Akses sanitasi layak",
        ),
        Column(
            name="lead_agency",
            heading="OPD Penanggung Jawab",
            width=38,
            required=True,
            choices=_AGENCY_NAMES,
            open_list=True,
            example="Dinas Perumahan dan Kawasan Permukiman",
        ),
        Column(name="supporting_agencies", heading="OPD Pendukung", width=32, choices=_AGENCY_NAMES, open_list=True),
        Column(name="funding_source", heading="Sumber Dana", width=22, choices=_SOURCE_NAMES, example="Dana Desa"),
        Column(name="volume", heading="Volume", width=10, content="measure", example=40),
        Column(name="due", heading="Tenggat", width=14, content="date", example="2025-06-30"),
        Column(name="indicator", heading="Indikator", width=32, example="keluarga sasaran tanpa jamban layak"),
        Column(name="target", heading="Target", width=20, example="40 keluarga"),
        Column(name="status", heading="Status", width=13, choices=tuple(STATUS_NAMES.values()), example="Berjalan"),
        Column(name="attained", heading="Capaian", width=10, content="measure", example=15),
        Column(name="item", heading="Kode Butir", width=10, hidden=True),
        Column(name="mark", heading="Rancangan", width=10, hidden=True),
    ),
}
"""Columns of each kind in their order."""
