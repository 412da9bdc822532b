"""Words: no sentence of cause, a sentence for every code, both languages from one set of findings."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kbkit.errors import Fault
from kbkit.results import Undefined
from kbkit.text import LANGUAGES, Language, Voice, describe_fault, describe_reason
from kbkit.text.catalogue import read_catalogue
from tests.conftest import PROJECT

CAUSAL = re.compile(
    r"\b(menurunkan|berdampak|dampak|menyebabkan|mengakibatkan|berpengaruh|pengaruh|memengaruhi|mempengaruhi|"
    r"impact|impacts|effect of|reduces|reduced by|causes|caused by|leads to|due to the tier)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_cause_in_any_sentence(language: Language) -> None:
    found = [key for key, entry in read_catalogue(language).items() if CAUSAL.search(str(entry))]
    assert found == []


def test_a_word_of_cause_is_caught() -> None:
    assert CAUSAL.search("Kampung KB Mandiri menurunkan stunting")
    assert CAUSAL.search("the impact of the tier")


def codes_in_source(call: str, argument: str) -> dict[str, Path]:
    """Return every literal code that a call carries, with the file where it stands."""
    found = {}
    for path in sorted((PROJECT / "kbkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == call:
                for keyword in node.keywords:
                    if keyword.arg == argument and isinstance(keyword.value, ast.Constant):
                        found[str(keyword.value.value)] = path
    return found


def test_every_reason_has_a_sentence() -> None:
    catalogue = read_catalogue("id")
    reasons = codes_in_source("Undefined", "reason")
    assert len(reasons) > 15
    assert [reason for reason in reasons if f"reasons.{reason}" not in catalogue] == ["reference"]


def test_every_fault_has_a_sentence() -> None:
    catalogue = read_catalogue("id")
    codes = codes_in_source("Fault", "code")
    assert len(codes) > 10
    assert [code for code in codes if code not in catalogue] == []


def test_a_reason_speaks_both_languages() -> None:
    thin = Undefined(reason="few_villages", details={"tiers": "berkembang,mandiri", "villages": "3, 1", "needed": 8})
    assert describe_reason(thin, language="id") == (
        "Terlalu sedikit desa/kelurahan yang diukur pada tingkat Berkembang, Mandiri (3, 1); perbandingan memerlukan "
        "sedikitnya 8 desa/kelurahan pada setiap tingkat."
    )
    low = Undefined(reason="coverage_low", details={"coverage_share": 0.72401})
    assert "72,4%" in describe_reason(low, language="id")
    assert "72.4%" in describe_reason(low, language="en")


@pytest.mark.parametrize(
    ("file", "column", "place"),
    [
        ("batch.yaml", "regencies", "batch.yaml, kunci “regencies”: "),
        ("data.csv", "DESA", "data.csv, kolom “DESA”: "),
        (None, "--out", "pilihan “--out”: "),
    ],
)
def test_a_key_is_no_column(file: str | None, column: str, place: str) -> None:
    fault = Fault(code="dataset.no_such_regency", file=file, column=column)
    assert describe_fault(fault, language="id").startswith(place)


def test_a_fault_names_place_finding_and_remedy() -> None:
    fault = Fault(
        code="dataset.no_such_regency", file="batch.yaml", line=4, found="33.61", allowed="33.16", nearest="33.16"
    )
    assert describe_fault(fault, language="id") == (
        "batch.yaml, baris 4: kabupaten/kota “33.61” tidak ada dalam dataset. Yang ada: 33.16. "
        "Mungkin maksud Anda “33.16”?"
    )


def test_names_of_tiers_are_the_official_words_in_both_languages() -> None:
    tiers = ("dasar", "berkembang", "mandiri", "berkelanjutan")
    assert [Voice("id").tier(tier) for tier in tiers] == [Voice("en").tier(tier) for tier in tiers]
