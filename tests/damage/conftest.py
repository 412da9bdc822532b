from __future__ import annotations

import pytest

from tests.damage.demo_specimens import demo_specimens
from tests.damage.office_specimens import office_specimens
from tests.damage.oracle import Reading, read_folder
from tests.damage.specimen import Specimen
from tests.damage.written_specimens import written_specimens


@pytest.fixture(scope="session")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> tuple[Specimen, ...]:
    """One small undamaged file of each layout."""
    return (*demo_specimens(tmp_path_factory.mktemp("contoh")), *written_specimens(), *office_specimens())


@pytest.fixture(scope="session")
def sound(specimens: tuple[Specimen, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """What each undamaged file says, by the name of its specimen."""
    readings = {}
    for specimen in specimens:
        folder = tmp_path_factory.mktemp("utuh") / "ekspor"
        folder.mkdir()
        specimen.write(folder, specimen.content())
        readings[specimen.name] = read_folder(folder)
    return readings
