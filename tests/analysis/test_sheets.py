"""The methods appendix holds a sheet for every method that the public API names."""

from __future__ import annotations

import pytest

import kbkit
from kbkit.analysis.result_lines import result_lines
from kbkit.analysis.sheets import parse_sheet
from kbkit.document import Heading, Table
from kbkit.results import Estimate, Undefined
from kbkit.results.sheets import HEADINGS, LINE_COLUMNS


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
    blocks = kbkit.compose_methods(sheets, data=kbkit.read_example_data(), language="id").sheets.blocks
    assert sum(isinstance(block, Heading) and block.level == 1 for block in blocks) == len(sheets)


def test_every_method_is_shown_at_work() -> None:
    sheets = kbkit.read_sheets()
    assert [sheet.module for sheet in sheets if sheet.example is None] == []
    (wild,) = (sheet.example for sheet in sheets if sheet.module == "wild_bootstrap")
    assert wild is not None
    assert wild.statements == ("methods.score_wild_bootstrap(FIT, term='tier', seed=1)",)
    # All 256 sign vectors of eight districts: a p-value is a whole number of them.
    p_value = wild.lines[0].numbers[LINE_COLUMNS.index("p_value")]
    assert p_value is not None
    assert (256 * p_value).is_integer()


def test_a_result_becomes_a_line_a_quantity() -> None:
    estimate = Estimate(estimate=0.2, std_error=0.1, method="none", lower=0.0, upper=0.4)
    lines = list(result_lines({"a": estimate, "b": Undefined(reason="no_cases"), "c": (1, 2.5), "method": "x"}))
    assert [line.name for line in lines] == ["a", "b", "c, 1", "c, 2"]
    assert lines[0].numbers == (0.2, 0.1, None, None, None, 0.0, 0.4)
    assert lines[1].absent == Undefined(reason="no_cases")


def test_the_data_of_the_examples_are_in_the_appendix() -> None:
    data = kbkit.read_example_data()
    blocks = kbkit.compose_methods(kbkit.read_sheets(), data=data, language="en").data.blocks
    assert [block.name for block in blocks if isinstance(block, Table)] == ["example_data_v", "example_data_p"]
    assert any(statement.startswith("FIT = ") for statement in data.statements)
