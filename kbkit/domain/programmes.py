"""The programme of a Kampung KB: eight groups of activities under four *sasaran* (objectives).

The four sasaran stand in Inpres 3/2022 on Kampung Keluarga Berkualitas; the eight groups are those of BKKBN's guideline
for it and of the Kampung KB application, which also says under which sasaran each of them belongs. Reports of two years
may cut the groups otherwise: a list says the number, and the number is what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, kw_only=True)
class ProgrammeGroup:
    """One of the eight groups.

    Attributes:
        number: 1-8.
        objective: number of its sasaran, 1-4.
        name: official Indonesian name; the catalogues hold a translation under ``programme.group_<number>``.
    """

    number: int
    objective: int
    name: str


OBJECTIVES: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "Penyediaan data keluarga dan dokumen kependudukan",
        2: "Perubahan perilaku keluarga",
        3: "Peningkatan cakupan layanan dan rujukan pada keluarga",
        4: "Penataan lingkungan keluarga dan masyarakat",
    }
)
"""Number of a sasaran -> its official Indonesian name."""

_GROUPS: Final = (
    (1, 1, "Penyediaan data dan peningkatan cakupan administrasi kependudukan"),
    (2, 2, "Advokasi GERMAS dan komunikasi perubahan perilaku"),
    (3, 3, "Akses dan pelayanan kesehatan termasuk KB dan kesehatan reproduksi"),
    (4, 3, "Pendampingan dan pelayanan keluarga dengan risiko kejadian stunting"),
    (5, 3, "Cakupan layanan dan akses pendidikan"),
    (6, 3, "Jaminan dan perlindungan sosial"),
    (7, 3, "Pemberdayaan ekonomi keluarga"),
    (8, 4, "Penataan lingkungan, air minum, dan sanitasi dasar"),
)

PROGRAMME_GROUPS: Final[Mapping[int, ProgrammeGroup]] = MappingProxyType(
    {number: ProgrammeGroup(number=number, objective=objective, name=name) for number, objective, name in _GROUPS}
)
"""Number of a group -> the group, in order."""


ACTIVITY_GROUPS: Final = ("bkb", "bkr", "bkl", "uppka", "pik_r")
"""Keys of the *poktan* (activity groups of families) in the order of the portal."""


def groups_of(objective: int) -> tuple[ProgrammeGroup, ...]:
    """Return the groups of a sasaran, in their order."""
    return tuple(group for group in PROGRAMME_GROUPS.values() if group.objective == objective)
