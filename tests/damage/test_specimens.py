"""The undamaged files are what the harness says they are, or it proves nothing."""

from __future__ import annotations

import pytest

from kbkit.ingest import LAYOUT_NAMES
from tests.damage.oracle import Reading
from tests.damage.specimen import Specimen


def test_every_layout_has_a_specimen(specimens: tuple[Specimen, ...]) -> None:
    assert {specimen.layout for specimen in specimens} == set(LAYOUT_NAMES)


def test_a_specimen_is_read_whole_and_without_a_word(
    specimens: tuple[Specimen, ...], sound: dict[str, Reading]
) -> None:
    for specimen in specimens:
        reading = sound[specimen.name]
        assert {layout for layout, _ in reading.rows} == {specimen.layout}, specimen.name
        assert (len(reading.rows), reading.faults) == (len(specimen.grid.body), ()), specimen.name


def test_every_number_of_a_specimen_is_read(specimens: tuple[Specimen, ...], sound: dict[str, Reading]) -> None:
    """Else damage to a number that no reader takes would pass for a number read rightly."""
    for specimen in specimens:
        if specimen.layout == "eppgbm":  # its classes are added up, and most of its columns are of no use
            continue
        read = {value for _, row in sound[specimen.name].rows for value in row.values() if value is not None}
        unread = [
            specimen.grid.headings[-1][column]
            for column in specimen.grid.numeric
            if not any(_is_read(row[column], read) for row in specimen.grid.body)
        ]
        assert not unread, (specimen.name, unread)


def _is_read(cell: object, read: set[object]) -> bool:
    return cell in read or (isinstance(cell, float) and round(cell / 100, 6) in read)


@pytest.mark.parametrize("name", ["idm-csv"])
def test_a_specimen_has_its_own_numbers(sound: dict[str, Reading], name: str) -> None:
    assert len({str(row) for _, row in sound[name].rows}) == len(sound[name].rows)
