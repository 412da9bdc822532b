"""The annex of methods names what a report used, and nothing else, after the sheets."""

from __future__ import annotations

import ast
from dataclasses import replace
from importlib import import_module

import pytest

import kbkit.methods
from kbkit import Findings
from kbkit.analysis.sheets import parse_sheet
from kbkit.tables import tabulate_methods
from kbkit.tables.methods_used import METHODS, Method
from kbkit.text import LANGUAGES, Language, Voice
from tests.conftest import PROJECT

OF_OTHER_REPORTS = {"province", "simulation", "worked_examples", "sheets", "result_lines"}
"""Modules of the analysis that no report of a regency runs."""

TOOLS = {"binomial_fit", "likelihood_fit", "counts"}
"""Modules of methods that are values or parts of others, and have no sheet."""


def methods_of_a_regency() -> set[str]:
    """Return the modules whose functions the analysis of a regency imports."""
    found = set()
    for path in (PROJECT / "kbkit" / "analysis").glob("*.py"):
        if path.stem in OF_OTHER_REPORTS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "kbkit.methods":
                found |= {getattr(kbkit.methods, alias.name).__module__.rpartition(".")[2] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kbkit.methods."):
                found.add(str(node.module).rpartition(".")[2])
    return found - TOOLS


def test_every_method_that_the_analysis_calls_has_a_row() -> None:
    missing = methods_of_a_regency() - {method.module for method in METHODS}
    assert missing == set()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.module)
def test_citations_stand_in_the_sheet(method: Method) -> None:
    module = import_module(f"kbkit.methods.{method.module}")
    source = parse_sheet(module.__name__, module.__doc__ or "").parts["Source"]
    assert [text for text in method.citations if text not in source] == []


def names(findings: Findings, language: Language = "id") -> list[str]:
    return [row.cells[0].text for row in tabulate_methods(findings, voice=Voice(language)).rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_was_used_is_named(demo_findings: dict[str, Findings], language: Language) -> None:
    say, blora = Voice(language).say, demo_findings["33.16"]
    assert len(names(blora, language)) >= len(METHODS) - 1, "no map, no Moran's I"
    assert say("methods_used.moran") not in names(blora, language)
    # A city with an empty tier: described, not compared.
    withheld = names(demo_findings["14.71"], language)
    assert say("methods_used.clustered_prevalence") in withheld
    assert say("methods_used.binomial") not in withheld
    assert say("methods_used.e_value") not in withheld


def test_an_internal_edition_hides_nothing_and_bounds_nothing(demo_findings: dict[str, Findings]) -> None:
    hidden = Voice("id").say("methods_used.cell_bounds")
    assert hidden in names(demo_findings["33.16"])
    assert hidden not in names(replace(demo_findings["33.16"], edition="internal"))
