"""Who is whose neighbour, and what is made of it; with the real boundaries of Blora and made-up measurements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import kbkit
from kbkit import Findings
from kbkit.analysis.design import choose_covariates
from kbkit.analysis.fitting import Fitted, fit_adjusted
from kbkit.analysis.neighbours import describe_resemblance, find_touching
from kbkit.analysis.panel import build_panel
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import as_rows, usable_rows
from kbkit.results import Undefined
from kbkit.results.association import Resemblance
from kbkit.results.geography import Level, Outline, Outlines
from kbkit.text import LANGUAGES, Language, Voice
from kbkit.text.comparison import sensitivity_sentences

# Three squares in a row, and an island.
SQUARES = {"a": "0 0 1 0 1 1 0 1", "b": "1 0 2 0 2 1 1 1", "c": "2 0 3 0 3 1 2 1", "d": "9 9 10 9 10 10 9 10"}


def outline(areas: dict[str, str], *, level: Level = "village") -> Outlines:
    drawn = tuple(Outline(code=code, rings=(ring,)) for code, ring in areas.items())
    return Outlines(file="x.geojson", level=level, unit_km=1.0, areas=drawn)


def test_areas_that_share_a_point_are_neighbours() -> None:
    touching = find_touching(outline(SQUARES), ("a", "b", "c", "d", "e"))
    assert {(int(i), int(j)) for i, j in np.argwhere(touching)} == {(0, 1), (1, 0), (1, 2), (2, 1)}


def test_an_area_that_is_not_asked_for_is_nobodys_neighbour() -> None:
    assert not find_touching(outline(SQUARES), ("a", "c")).any()


@pytest.fixture(scope="module")
def primary(demo_dataset: Path) -> Fitted:
    rows = usable_rows(as_rows(build_panel(kbkit.read_regency(demo_dataset, regency="33.16"))))
    return fit_adjusted(choose_covariates(rows, plan=AnalysisPlan()), plan=AnalysisPlan())


@pytest.mark.parametrize("outlines", [None, outline({"33.16.01": SQUARES["a"]}, level="district")])
def test_without_boundaries_of_villages_nobody_knows(primary: Fitted, outlines: Outlines | None) -> None:
    assert describe_resemblance(primary, outlines=outlines, seed=1) == Undefined(reason="no_neighbours")


@pytest.fixture(scope="module")
def blora(real_data: Path) -> Outlines:
    outlines = kbkit.read_outlines(real_data / "batas", regency="33.16")
    assert outlines is not None
    return outlines


@pytest.mark.real
def test_villages_of_blora_have_between_five_and_six_neighbours(blora: Outlines) -> None:
    codes = tuple(area.code for area in blora.areas)
    touching = find_touching(blora, codes)
    assert (touching == touching.T).all()
    assert touching.any(axis=1).all(), "no village of a regency without islands is alone"
    # Of a plane map the mean is under 6; most of Blora lies inside.
    assert 5 < touching.sum() / len(codes) < 6


@pytest.mark.real
def test_resemblance_is_found_where_it_is_and_not_elsewhere(primary: Fitted, blora: Outlines) -> None:
    quiet = describe_resemblance(primary, outlines=blora, seed=1)
    assert isinstance(quiet, Resemblance)
    assert quiet.p_value > 0.05  # the demo's villages differ at random: p is about 0.4, far from the limit
    assert quiet == describe_resemblance(primary, outlines=blora, seed=1)

    loud = describe_resemblance(replace(primary, by_score=_with_waves(primary, blora)), outlines=blora, seed=1)
    assert isinstance(loud, Resemblance)
    assert (loud.p_value, loud.villages) == (1 / 1000, quiet.villages)
    assert loud.estimate > 0.2


def _with_waves(primary: Fitted, outlines: Outlines):  # type: ignore[no-untyped-def]
    """Add cases where waves that run from west to east are high."""
    west = {area.code: np.mean([int(x) for x in area.rings[0].split()[::2]]) for area in outlines.areas}
    fit, rows = primary.by_score, primary.rows
    assert not isinstance(fit, Undefined)
    places = np.array([west.get(rows.names.villages[code], 0.0) for code in rows.village])
    return replace(fit, cases=np.clip(fit.cases + 0.1 * fit.n * np.sin(places / 150), 0, fit.n))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("estimate", "p_value", "key"), [(0.3, 0.001, "alike"), (-0.3, 0.001, "unlike"), (0.3, 0.05, "chance")]
)
def test_the_sentence_says_what_was_found(
    demo_findings: dict[str, Findings], language: Language, estimate: float, p_value: float, key: str
) -> None:
    sensitivity, voice = demo_findings["33.16"].association.sensitivity, Voice(language)
    assert sensitivity is not None
    found = Resemblance(estimate=estimate, expected=0.0, p_value=p_value, permutations=999, villages=290)
    said = sensitivity_sentences(replace(sensitivity, residual_moran=found), voice=voice)[-1]
    numbers = {"index": voice.style.decimal(estimate), "p": voice.style.p_value(p_value), "villages": "290"}
    assert said == voice.say(f"neighbours.{key}", **numbers)
