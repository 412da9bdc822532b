"""A plan file: strict, told back in the report, and never laxer than the pre-specified plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kbkit
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.plan_file import FIELDS, read_plan
from kbkit.errors import Fault, InputError
from kbkit.text import LANGUAGES, Language, Voice, describe_fault


def write(folder: Path, text: str) -> Path:
    path = folder / "rencana.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_plan(write(folder, text))
    return caught.value.faults


def test_no_file_is_the_pre_specified_plan() -> None:
    assert read_plan("") == AnalysisPlan()
    assert read_plan("", level=0.9) == AnalysisPlan(level=0.9)
    assert AnalysisPlan().deviations() == ()


def test_what_a_file_changes_is_in_the_hash_and_among_the_deviations(tmp_path: Path) -> None:
    path = write(tmp_path, 'confounders = ["kelurahan", "idm"]\ndistricts_minimum = 10\n')
    plan = read_plan(path, level=0.95)
    assert plan == replace(AnalysisPlan(), confounders=("kelurahan", "idm"), districts_minimum=10)
    assert plan.hash != AnalysisPlan().hash
    assert [item.details["field"] for item in plan.deviations()] == ["confounders", "districts_minimum"]
    assert "“kelurahan, idm”" in Voice("id").reason(plan.deviations()[0])
    assert "“10”" in Voice("en").reason(plan.deviations()[1])


def test_another_level_is_a_deviation_too() -> None:
    assert [item.details["field"] for item in read_plan("", level=0.9).deviations()] == ["level"]


@pytest.mark.parametrize(
    ("text", "code", "nearest"),
    [
        ('confunders = ["idm"]', "plan.unknown_key", "confounders"),
        ("level = 0.9", "plan.unknown_key", None),
        ('confounders = "idm"', "plan.wrong_kind", None),
        ('confounders = ["idm", "idm"]', "plan.wrong_kind", None),
        ('confounders = ["idn"]', "plan.unknown_value", "idm"),
        ('outcome = "wasting/children_measured"', "plan.unknown_value", None),
        ('seed = "1"', "plan.wrong_kind", None),
        ("villages_per_tier_minimum = 5", "plan.too_lax", None),
        ("df_minimum = 2.0", "plan.too_lax", None),
        ('negative_control_outcome = "posyandu"', "plan.wrong_kind", None),
        ('negative_control_exposure = "users_modern"', "plan.barred_control", None),
        ("seed = 1\nseed = 2", "plan.syntax", None),
        ("seed = ", "plan.syntax", None),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, code: str, nearest: str | None) -> None:
    (fault,) = faults(tmp_path, text)
    assert (fault.code, fault.nearest if nearest else None) == (code, nearest)
    for language in LANGUAGES:
        assert "rencana.toml" in describe_fault(fault, language=language)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        kbkit.read_plan(tmp_path / "tidak ada.toml")
    assert caught.value.faults[0].code == "plan.no_such_file"


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, 'x = 1\nseed = "a"\nconfounders = ["q"]')) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name(language: Language) -> None:
    voice = Voice(language)
    for name in (*FIELDS, *AnalysisPlan.__dataclass_fields__):
        assert voice.knows(f"plan.field_{name}")
