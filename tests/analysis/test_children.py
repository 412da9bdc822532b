"""Coverage and prevalence of a group of villages."""

from __future__ import annotations

from kbkit.analysis.children import describe_children
from kbkit.analysis.panel import build_panel
from kbkit.analysis.rows import as_rows
from kbkit.results import Estimate, Undefined
from tests.analysis.regencies import measure, regency, village

A, B, C, D = (village(number, district=number) for number in (1, 2, 3, 4))


def test_coverage_and_prevalence_rest_on_the_villages_that_have_both_numbers() -> None:
    data = regency(
        villages=[A, B, C, D],
        stunting=[
            measure(A["village_code"], target=100, measured=80, stunted=16),
            measure(B["village_code"], target=None, measured=50, stunted=5),
            measure(C["village_code"], target=40, measured=None, stunted=None),
        ],
    )
    children = describe_children(as_rows(build_panel(data)), cluster="district", level=0.95)
    assert children.coverage == 80 / 100  # B has no target, C and D were not measured
    assert isinstance(children.prevalence, Estimate)
    assert children.prevalence.estimate == (16 + 5) / (80 + 50)
    assert (children.villages, children.villages_measured) == (4, 2)
    assert (children.children_target, children.children_measured, children.children_stunted) == (140, 130, 21)


def test_nothing_reported_is_missing_not_zero() -> None:
    data = regency(villages=[A], stunting=[measure(A["village_code"], target=None, measured=None, stunted=None)])
    children = describe_children(as_rows(build_panel(data)), cluster="district", level=0.95)
    assert (children.children_target, children.children_measured, children.children_stunted) == (None, None, None)
    assert children.coverage is None
    assert children.prevalence == Undefined(reason="too_few_measured", details={"measured": 0, "needed": 20})


def test_nineteen_measured_children_have_no_prevalence() -> None:
    rows = [measure(A["village_code"], target=19, measured=10, stunted=2)]
    rows.append(measure(B["village_code"], target=19, measured=9, stunted=2))
    children = describe_children(
        as_rows(build_panel(regency(villages=[A, B], stunting=rows))), cluster="district", level=0.95
    )
    assert isinstance(children.prevalence, Undefined)
