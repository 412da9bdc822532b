"""Personal data among the numbers: the whole file is refused, and no message repeats a value."""

from __future__ import annotations

from tests.damage.damage import Outcome, on_grid
from tests.damage.grid import Grid
from tests.damage.kinds.contents import with_column

SECRETS = (
    "7601012505900003",
    "7601016507850002",
    "081234567890",
    "081298765432",
    "siti@contoh.go.id",
    "budi@contoh.go.id",
)
"""Values that no message, table or name may repeat. The first two have the form of a NIK of Pasangkayu."""
_CODES = ("ingest.personal_columns",)


@on_grid(Outcome.REFUSED, messages=_CODES)
def column_of_identity_numbers(grid: Grid) -> Grid:
    """A column NIK."""
    return with_column(grid, "NIK", SECRETS[:2])


@on_grid(Outcome.REFUSED, messages=_CODES)
def column_of_names(grid: Grid) -> Grid:
    """A column of the names of mothers."""
    return with_column(grid, "Nama Ibu", ("Siti", "Aminah"))


@on_grid(Outcome.REFUSED, messages=_CODES)
def column_of_births(grid: Grid) -> Grid:
    """A column of dates of birth."""
    return with_column(grid, "Tanggal Lahir", ("25-05-1990",))


@on_grid(Outcome.REFUSED, messages=_CODES)
def column_of_phones_under_a_harmless_heading(grid: Grid) -> Grid:
    """A column "Ket" holds numbers of phones."""
    return with_column(grid, "Ket", SECRETS[2:4])


@on_grid(Outcome.REFUSED, messages=_CODES)
def column_of_addresses_of_mail(grid: Grid) -> Grid:
    """A column "Ket" holds addresses of e-mail."""
    return with_column(grid, "Ket", SECRETS[4:])


@on_grid(Outcome.REFUSED, messages=_CODES)
def identity_number_in_a_remark(grid: Grid) -> Grid:
    """A remark in free text holds the number of an identity card."""
    return with_column(grid, "Uraian", (f"rujukan an. ibu S, NIK {SECRETS[0]}, sudah ditangani", "-"))


@on_grid(Outcome.REFUSED, messages=_CODES)
def identity_number_with_spaces(grid: Grid) -> Grid:
    """It is written in groups of four."""
    return with_column(grid, "Uraian", ("7601 0125 0590 0003", "-"))


@on_grid(Outcome.REFUSED, messages=_CODES)
def identity_number_with_invisible_signs(grid: Grid) -> Grid:
    """Zero-width spaces stand between its digits."""
    return with_column(grid, "Uraian", ("\u200b".join(SECRETS[0]), "-"))


@on_grid(Outcome.REFUSED, messages=_CODES)
def identity_number_as_a_number(grid: Grid) -> Grid:
    """A spreadsheet keeps it as a number, its last digits lost, under its own heading."""
    return with_column(grid, "No. KTP", ("7,60101E+15",))
