"""Every kind of damage to every layout: right numbers, or a clear message; never a traceback, a hang, a wrong number.

The plain registers have one reader and differ in their headings alone: each kind is tried on some of them, in turn.
``python -m tests.damage`` tries all, on real exports.
"""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from tests.damage import kinds
from tests.damage.damage import KINDS, Damage
from tests.damage.kinds.privacy import SECRETS
from tests.damage.oracle import Hang, Reading, judge, read_folder
from tests.damage.specimen import Specimen


def _case(damage: Damage, specimen: Specimen, sound: Reading, folder: Path) -> list[str]:
    """Damage one file, read it, and return the complaints about the reading."""
    if not damage.apply(specimen, folder):
        return []
    try:
        damaged = read_folder(folder)
    except (Exception, Hang):
        return [traceback.format_exc(limit=-4)]
    leaked = [secret for secret in SECRETS if secret in repr(damaged)]
    complaints = judge(damage, sound=sound, damaged=damaged).complaints
    return [*complaints, *(f"a message or table repeats {secret}" for secret in leaked)]


_ALIKE = frozenset(
    {"kampung_kb_register", "data_house_register", "unmet_need", "contraceptive_mix", "poktan_members", "bkb_families"}
    | {"elsimil_pregnant", "village_resources"}
)
_TURNS = 4


def _is_in_turn(name: str, specimen: Specimen, number: int) -> bool:
    return specimen.layout not in _ALIKE or (number + list(KINDS).index(name)) % _TURNS == 0


@pytest.mark.parametrize("name", KINDS)
def test_damage(name: str, specimens: tuple[Specimen, ...], sound: dict[str, Reading], tmp_path: Path) -> None:
    complaints = []
    for number, specimen in enumerate(specimens):
        if not _is_in_turn(name, specimen, number):
            continue
        folder = tmp_path / str(number) / "ekspor"
        folder.mkdir(parents=True)
        complaints += [
            f"{specimen.name}: {text}" for text in _case(KINDS[name], specimen, sound[specimen.name], folder)
        ]
    assert not complaints, KINDS[name].what + "\n" + "\n".join(complaints)


def test_there_are_kinds_of_every_family() -> None:
    families = {module.__name__.rpartition(".")[2] for module in kinds.FAMILIES}
    assert {damage.family for damage in KINDS.values()} == families
    assert len(KINDS) >= 40
    assert all(damage.what.endswith((".", ":")) for damage in KINDS.values())
