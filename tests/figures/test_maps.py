"""Maps and tiles: everything is drawn once, islands keep their order, classes and words agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbkit.figures.islands import arrange_outlines
from kbkit.figures.map_values import class_labels, village_themes
from kbkit.figures.maps import draw_map
from kbkit.figures.tiles import tile_villages
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.results.geography import Outline, Outlines
from kbkit.results.villages import Village
from kbkit.text import Voice


def square(x: int, y: int, side: int = 100) -> str:
    return f"{x} {y} {x + side} {y} {x + side} {y + side} {x} {y + side}"


def outlines(**rings: tuple[str, ...]) -> Outlines:
    areas = tuple(Outline(code=code, rings=found) for code, found in rings.items())
    return Outlines(file="a.geojson", level="village", unit_km=0.1, areas=areas)


def village(number: int, district: int) -> Village:
    counts = {"children_target": None, "children_measured": None, "coverage": None}
    indices = {"index_input": None, "index_process": None, "index_output": None}
    return Village(
        code=f"33.16.{district:02d}.2{number:03d}", name="Desa", kind="desa", district_code=f"33.16.{district:02d}",
        district_name=f"Kecamatan {district}", tier=None, **indices, **counts,
    )  # fmt: skip


def test_land_that_hangs_together_is_left_as_it_is() -> None:
    picture = arrange_outlines(outlines(a=(square(0, 0),), b=(square(100, 0),)))
    assert (picture.width, picture.height, picture.frames) == (20.0, 10.0, ())


def test_far_islands_are_moved_together_in_their_order() -> None:
    picture = arrange_outlines(outlines(west=(square(0, 0),), east=(square(5000, 300),), south=(square(4900, -3000),)))
    middle = {code: points.mean(axis=0) for code, points in picture.shapes}
    assert len(picture.frames) == 3
    assert picture.width < 60
    assert middle["west"][0] < middle["east"][0]
    assert middle["south"][1] < middle["east"][1]
    for _, points in picture.shapes:
        assert np.ptp(points, axis=0) == pytest.approx([10.0, 10.0]), "all at one scale"


def test_an_islet_far_from_its_village_is_left_out() -> None:
    picture = arrange_outlines(outlines(a=(square(0, 0), square(9000, 9000, side=5)), b=(square(100, 0),)))
    assert len(picture.shapes) == 2
    assert picture.frames == ()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=50))
def test_every_village_has_one_tile_on_the_page(sizes: list[int]) -> None:
    villages = [village(n, district) for district, size in enumerate(sizes, start=1) for n in range(size)]
    picture = tile_villages(villages)
    assert sorted(code for code, _ in picture.shapes) == sorted(v.code for v in villages)
    corners = np.array([points[0] for _, points in picture.shapes])
    assert len({(round(x, 3), round(y, 3)) for x, y in corners}) == len(villages)
    assert corners.min() >= -1e-9
    assert (corners.max(axis=0) < [picture.width, picture.height]).all()
    assert len(picture.labels) == len(sizes)


def test_classes_speak_the_language() -> None:
    assert class_labels((0.1, 0.125, 0.15), voice=Voice("id")) == ("<10", "10–<12,5", "12,5–<15", "≥15")
    assert class_labels((0.125,), voice=Voice("en")) == ("<12.5", "≥12.5")


def test_a_hidden_village_is_hatched_where_its_class_is_open(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["21.05"]
    assert not isinstance(findings.small_areas, Undefined)
    prevalence = village_themes(findings)[0]
    hatched = {code for code, shade in prevalence.shades.items() if shade == "hidden"}
    assert hatched
    assert hatched <= {rate.village_code for rate in findings.small_areas.rates if rate.hidden}
    figure = draw_map(findings, period="", voice=Voice("id"), source="")
    assert figure is not None
    assert f"disembunyikan {len(hatched)}," in figure.alt
