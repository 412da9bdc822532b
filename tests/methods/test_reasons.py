"""Every reason that a method gives has a sentence in both languages, and gives the numbers that it names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kbkit.methods
from kbkit.results import Undefined
from kbkit.text import LANGUAGES, Language
from kbkit.text.catalogue import placeholders, read_catalogue
from kbkit.text.reasons import describe_reason


def undefined_calls() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield module, reason and names of the details of every ``Undefined`` written in the methods."""
    for path in sorted(Path(kbkit.methods.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Undefined":
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                details = given.get("details", ast.Dict(keys=[], values=[]))
                assert isinstance(details, ast.Dict), f"{path.name}: details are written out"
                for reason in ast.walk(given["reason"]):
                    if isinstance(reason, ast.Constant) and isinstance(reason.value, str):
                        names = tuple(key.value for key in details.keys if isinstance(key, ast.Constant))
                        yield path.stem, reason.value, tuple(map(str, names))


CALLS = sorted(set(undefined_calls()))


def test_there_are_reasons_to_look_at() -> None:
    assert len({reason for _, reason, _ in CALLS}) > 12


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("module", "reason", "details"), CALLS)
def test_sentence_names_what_is_given(module: str, reason: str, details: tuple[str, ...], language: Language) -> None:
    sentence = read_catalogue(language)[f"reasons.{reason}"]
    assert set(placeholders(sentence)) <= set(details), module


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_read_well(language: Language) -> None:
    for _, reason, details in CALLS:
        # "terms" is a list of names in some reasons and a number of terms in others.
        values: dict[str, float | int | str] = dict.fromkeys(details, 3)
        sentence = describe_reason(Undefined(reason=reason, details=values), language=language)
        assert sentence[0].isupper()
        assert sentence.endswith((".", ")"))
        assert "{" not in sentence
        assert not any(word in sentence.lower() for word in ("nan", "impact", "dampak", "menurunkan"))
