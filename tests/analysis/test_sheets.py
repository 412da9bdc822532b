"""The methods appendix holds a sheet for every method that the public API names."""

from __future__ import annotations

import pytest

import kbkit
from kbkit.analysis.sheets import parse_sheet
from kbkit.document import Heading
from kbkit.results.sheets import HEADINGS


def test_every_sheet_has_all_its_parts() -> None:
    sheets = kbkit.read_sheets()
    modules = {sheet.module for sheet in sheets}
    assert {"binomial", "cluster_covariance", "clustered_prevalence", "standardisation", "wild_bootstrap"} <= modules
    for sheet in sheets:
        assert tuple(sheet.parts) == HEADINGS
        assert all(sheet.parts.values()), sheet.module


def test_a_sheet_without_a_source_is_caught() -> None:
    text = "A title.\n\nEstimand: a.\n\nFormula: b.\n\nAssumptions: c.\n\nEdge cases: d.\n\nChecked against: e."
    with pytest.raises(ValueError, match="Source"):
        parse_sheet("somewhere", text)


def test_paragraphs_stay_under_their_heading() -> None:
    parts = ("T.", "Estimand: a.", "Formula:", "* x", "* y", "Assumptions: c.", "Edge cases: d.", "Source: s.")
    text = "\n\n".join((*parts, "Checked against: e."))
    assert parse_sheet("somewhere", text).parts["Formula"] == "* x\n* y"


def test_the_appendix_has_a_chapter_a_sheet() -> None:
    sheets = kbkit.read_sheets()
    blocks = kbkit.compose_methods(sheets, language="id").sheets.blocks
    assert sum(isinstance(block, Heading) and block.level == 1 for block in blocks) == len(sheets)
