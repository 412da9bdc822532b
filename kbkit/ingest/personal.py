"""Columns about persons, by heading or by content: a file that has one is refused whole, before a cell of it is kept.

Law: UU 27/2022 on the protection of personal data. The toolkit needs villages, never persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kbkit.ingest.headings import SEARCH_ROWS, normalise_heading
from kbkit.ingest.personal_contents import personal_contents
from kbkit.ingest.sheet import RawSheet, as_text

_PERSON: Final = (
    r"BALITA|BADUTA|BAYI|ANAK|IBU|AYAH|BAPAK|ORTU|ORANG TUA|WALI|SUAMI|ISTERI|ISTRI|PUS|AKSEPTOR|PASIEN|PESERTA|WARGA"
    r"|PENDUDUK|RESPONDEN|LENGKAP|KADER|PETUGAS|PENGISI|KETUA|PENDAMPING|PKB|PLKB|KK|KEPALA KELUARGA|KEP KELUARGA"
    r"|ANGGOTA|CATIN|BUMIL|REMAJA|LANSIA"
)
_PERSONAL: Final = re.compile(
    rf"""^(?:
        (?:.*\b)?NIK(?:\b.*)?
      | (?:NO|NOMOR)\ (?:KK|KARTU\ KELUARGA|KTP|KIA|BPJS|JKN|REKENING|REK|HP|TELP|TELEPON|TLP|WA|WHATSAPP|HANDPHONE)\b.*
      | NAMA\ (?:{_PERSON})(?:\b.*)?
      | (?:{_PERSON})\ NAMA
      | (?:TELP|TELEPON|TLP|HP|HANDPHONE|WHATSAPP|KONTAK|E\ MAIL|EMAIL)(?:\ (?:{_PERSON})\b.*)?
      | ALAMAT(?:\ (?:RUMAH|TINGGAL|DOMISILI|KTP|EMAIL|E\ MAIL|{_PERSON})\b.*)?
      | (?:TGL|TANGGAL|TEMPAT)\ (?:.*\ )?LAHIR(?:\ .*)?
      | (?:TTL|TEMPAT\ TANGGAL\ LAHIR)
    )$""",
    re.VERBOSE,
)
_INDIVIDUAL: Final = frozenset(
    {"JK", "L P", "JENIS KELAMIN", "USIA SAAT UKUR", "UMUR", "USIA", "TANGGAL PENGUKURAN", "BERAT", "TINGGI", "LILA"}
    | {"ZS BB U", "ZS TB U", "ZS BB TB", "BB LAHIR", "TB LAHIR", "RT", "RW"}
)
"""Headings of a list of persons. Beside one of these a bare ``Nama`` is a person's."""

_VALUE: Final = re.compile(r"\d{5}|@")
"""What no heading holds: a text that does is a value, for the look at the contents."""


def personal_columns(sheet: RawSheet) -> tuple[str, ...]:
    """Return the headings of a sheet's columns about persons, as the file writes them, in their order.

    A column whose heading is harmless and whose values are not follows with the kind of its values and their number:
    ``Keterangan [NIK/KK: 12]``.
    """
    named = _named_columns(sheet)
    return named + tuple(
        f"{content.column} [{content.kind}: {content.cells}]"
        for content in personal_contents(sheet)
        if content.column not in named
    )


def _named_columns(sheet: RawSheet) -> tuple[str, ...]:
    """Return the headings that name something about persons."""
    headings = dict(_headings(sheet))
    personal = [heading for heading in headings if _PERSONAL.match(heading)]
    if "NAMA" in headings and (personal or _INDIVIDUAL & headings.keys()):
        personal.append("NAMA")
    return tuple(headings[heading] for heading in headings if heading in personal)


def _headings(sheet: RawSheet) -> Iterator[tuple[str, str]]:
    """Yield the texts of the first rows, normalised and as written.

    Every text counts and not one row of headings: headings may stand in two rows, or under a title.
    """
    for row in sheet.rows[:SEARCH_ROWS]:
        for cell in row:
            if isinstance(cell, str) and (text := as_text(cell)) and not _VALUE.search(text):
                # What follows a colon is a value, and a value is never shown.
                yield normalise_heading(text), text.partition(":")[0]
