"""Settings of the order of problems: read, or refused with every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbkit.domain.problems import PrioritySettings
from kbkit.errors import InputError
from kbkit.parameters.priorities import read_priorities
from kbkit.text import LANGUAGES, Language
from kbkit.text.faults import describe_fault


def written(folder: Path, text: str) -> Path:
    path = folder / "prioritas.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_given_is_the_default() -> None:
    assert read_priorities("") == PrioritySettings()


def test_weights_are_brought_to_one(tmp_path: Path) -> None:
    text = """
planned = 2
agencies = ["Dinas Kesehatan", "Kantor Camat"]
[weights]
urgency = 2.0
seriousness = 1.0
growth = 1.0
[benchmarks]
toilet_unimproved = 0.25
"""
    found = read_priorities(written(tmp_path, text))
    assert (found.weights.urgency, found.weights.seriousness, found.weights.growth) == (0.5, 0.25, 0.25)
    assert found.benchmark("toilet_unimproved") == 0.25
    assert found.benchmark("water_unimproved") == PrioritySettings().benchmark("water_unimproved")
    assert (found.planned, found.agencies) == (2, ("Dinas Kesehatan", "Kantor Camat"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_faults_at_once_each_with_a_sentence(tmp_path: Path, language: Language) -> None:
    text = """
planed = 2
villages = "5"
[weights]
urgency = 0.0
seriousness = 1.0
growth = 1.0
[benchmarks]
toilets = 0.25
water_unimproved = 25
"""
    with pytest.raises(InputError) as caught:
        read_priorities(written(tmp_path, text))
    faults = {fault.column: fault for fault in caught.value.faults}
    assert set(faults) == {"planed", "villages", "weights.urgency", "toilets", "benchmarks.water_unimproved"}
    assert faults["planed"].nearest == "planned"
    assert all(describe_fault(fault, language=language) for fault in faults.values())


@pytest.mark.parametrize(("text", "code"), [("[weights", "priorities.syntax"), (None, "priorities.no_such_file")])
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str | None, code: str) -> None:
    path = written(tmp_path, text) if text else tmp_path / "tidak ada.toml"
    with pytest.raises(InputError) as caught:
        read_priorities(path)
    assert [fault.code for fault in caught.value.faults] == [code]
