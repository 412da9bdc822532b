"""Agencies of a regency (*OPD*, and offices of ministries) that take part in the programme.

Every regency cuts its offices otherwise, joins two of them and names them in its own way: the list is the office's,
never fixed. What stands here is a default of fifteen that drop-downs begin with, and the spellings by which the usual
ones are known, so that "Dinkes" and "Dinas Kesehatan" are one agency. A name that is in no list is kept as it is
written and is nobody's fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kbkit.domain.spelling import plain_words

_PLACE: Final = re.compile(r" (?:kabupaten|kab|kota)(?: .*)?$")


@dataclass(frozen=True, kw_only=True)
class Agency:
    """An agency as it is usually cut.

    Attributes:
        key: as the column ``lead_agency_key`` writes it.
        name: usual Indonesian name; the catalogues hold a translation under ``agencies.<key>``.
        short: usual abbreviation, for narrow columns.
        spellings: further names by which it is known.
    """

    key: str
    name: str
    short: str
    spellings: tuple[str, ...] = ()


DEFAULT_AGENCIES: Final = (
    Agency(
        key="planning",
        name="Badan Perencanaan Pembangunan Daerah",
        short="Bappeda",
        spellings=("Bapperida", "Bappelitbangda", "Bappedalitbang", "Bapelitbangda"),
    ),
    Agency(
        key="family_planning",
        name="Dinas Pengendalian Penduduk dan Keluarga Berencana",
        short="Dinas PPKB",
        spellings=(
            *("DPPKB", "DPPKBP3A", "DP2KBP3A", "Dinas PPKBP3A", "Dinas KB", "OPD KB", "Disdalduk KB", "Dalduk KB"),
            "Dinas Pengendalian Penduduk Keluarga Berencana Pemberdayaan Perempuan dan Perlindungan Anak",
        ),
    ),
    Agency(
        key="health",
        name="Dinas Kesehatan",
        short="Dinkes",
        spellings=("Dinas Kesehatan Daerah", "Dinkesda", "DKK", "Puskesmas"),
    ),
    Agency(
        key="social",
        name="Dinas Sosial",
        short="Dinsos",
        spellings=("Dinas Sosial P3A", "Dinsos P3A", "Dinas Sosial Pemberdayaan Perempuan dan Perlindungan Anak"),
    ),
    Agency(
        key="women_children",
        name="Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
        short="Dinas P3A",
        spellings=("DP3A", "DPPPA", "Dinas PPPA"),
    ),
    Agency(
        key="village_affairs",
        name="Dinas Pemberdayaan Masyarakat dan Desa",
        short="Dinas PMD",
        spellings=("DPMD", "Dispermasdes", "DPMPD", "Dinas PMPD"),
    ),
    Agency(
        key="education",
        name="Dinas Pendidikan",
        short="Disdik",
        spellings=(
            "Dinas Pendidikan dan Kebudayaan",
            "Disdikbud",
            "Dinas Pendidikan Pemuda dan Olahraga",
            "Disdikpora",
        ),
    ),
    Agency(
        key="public_works",
        name="Dinas Pekerjaan Umum dan Penataan Ruang",
        short="Dinas PUPR",
        spellings=("DPUPR", "PUPR", "Dinas PU"),
    ),
    Agency(
        key="housing",
        name="Dinas Perumahan dan Kawasan Permukiman",
        short="Dinas Perkim",
        spellings=("Disperkim", "Dinrumkimhub", "Perkim"),
    ),
    Agency(
        key="food_agriculture",
        name="Dinas Ketahanan Pangan dan Pertanian",
        short="Dinas KPP",
        spellings=("Dinas Ketahanan Pangan", "Dinas Pertanian", "Dinas Pangan"),
    ),
    Agency(
        key="fisheries",
        name="Dinas Perikanan",
        short="Diskan",
        spellings=("Dinas Kelautan dan Perikanan", "Dinas Perikanan dan Kelautan"),
    ),
    Agency(
        key="environment",
        name="Dinas Lingkungan Hidup",
        short="DLH",
        spellings=("Dinas Lingkungan Hidup dan Kehutanan", "DLHK"),
    ),
    Agency(
        key="civil_registration",
        name="Dinas Kependudukan dan Pencatatan Sipil",
        short="Dinas Dukcapil",
        spellings=("Disdukcapil", "Dukcapil", "Dindukcapil"),
    ),
    Agency(
        key="religious_affairs",
        name="Kantor Kementerian Agama",
        short="Kemenag",
        spellings=("Kankemenag", "Kementerian Agama", "KUA", "Kantor Urusan Agama"),
    ),
    Agency(
        key="trade_cooperatives",
        name="Dinas Koperasi, UKM, Perindustrian, dan Perdagangan",
        short="Dinas Koperasi UKM",
        spellings=("Dinas Koperasi dan UKM", "Diskop UKM", "Dindagkop UKM", "Disperindagkop"),
    ),
)
"""Fifteen agencies as they are usually cut; fourteen took part in Blora and fifteen in Rokan Hulu, each its own."""

AGENCIES: Final[Mapping[str, Agency]] = MappingProxyType({agency.key: agency for agency in DEFAULT_AGENCIES})
"""The default agencies by their key."""


def agency_key(written: str) -> str | None:
    """Return the key of the default agency that a text names, ``None`` where it is another one.

    Spelling of capitals, dots and spaces does not matter, nor does the regency after the name ("Dinas Kesehatan Kab.
    Blora").
    """
    name = plain_words(written)
    return _KEYS.get(name) or _KEYS.get(_PLACE.sub("", name))


_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        plain_words(name): agency.key
        for agency in DEFAULT_AGENCIES
        for name in (agency.name, agency.short, *agency.spellings)
    }
)
