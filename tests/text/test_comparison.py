"""How the raw comparison is read beside the adjusted one, by rules; and what the demo's confounding makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbkit.results import Contrast
from kbkit.results.association import Association, Model, NegativeControl
from kbkit.results.findings import Findings
from kbkit.text import LANGUAGES, Language, Voice
from kbkit.text.comparison import naive_reading, naive_sentences, sensitivity_sentences
from kbkit.text.guards import control_sentence
from tests.text.test_words import CAUSAL

LOWER, HIGHER, UNCLEAR = (-0.03, -0.01), (0.01, 0.03), (-0.01, 0.01)


@pytest.fixture
def blora(demo_findings: dict[str, Findings]) -> Association:
    return demo_findings["33.16"].association


def model(blora: Association, limits: tuple[float, float]) -> Model:
    assert blora.adjusted is not None
    lower, upper = limits
    slope = Contrast(estimate=(lower + upper) / 2, lower=lower, upper=upper, term="t", method="m")
    return replace(blora.adjusted, slope=slope)


@pytest.mark.parametrize(
    ("crude", "adjusted", "reading"),
    [
        (UNCLEAR, LOWER, "hidden"),
        (UNCLEAR, HIGHER, "hidden"),
        (LOWER, UNCLEAR, "vanishes"),
        (HIGHER, LOWER, "reverses"),
        (LOWER, LOWER, "agrees"),
        (UNCLEAR, UNCLEAR, "unclear"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_readings(
    demo_findings: dict[str, Findings],
    blora: Association,
    language: Language,
    crude: tuple[float, float],
    adjusted: tuple[float, float],
    reading: str,
) -> None:
    pair = model(blora, crude), model(blora, adjusted)
    assert naive_reading(*pair) == reading
    voice = Voice(language)
    said = " ".join(naive_sentences(demo_findings["33.16"], *pair, voice=voice))
    assert voice.difference(pair[0].slope) in said
    assert CAUSAL.search(said) is None


def test_the_naive_analysis_of_the_demo_is_shown_wrong_and_why(
    demo_findings: dict[str, Findings], blora: Association
) -> None:
    """By design disadvantage goes with higher tiers and with more stunting, so that it hides the difference."""
    assert blora.crude is not None
    assert blora.adjusted is not None
    assert naive_reading(blora.crude, blora.adjusted) == "hidden"
    hides, moved, *profile = naive_sentences(demo_findings["33.16"], blora.crude, blora.adjusted, voice=Voice("id"))
    assert "menutupi perbedaan itu" in hides
    assert "jamban" in moved
    assert "kecamatan" not in moved
    assert profile
    assert "tingkat Berkelanjutan 25,3%" in profile[0]


def test_every_part_of_the_sensitivity_set_is_said(blora: Association) -> None:
    assert blora.sensitivity is not None
    for language in LANGUAGES:
        sentences = sensitivity_sentences(blora.sensitivity, voice=Voice(language))
        assert len(sentences) == 10
        assert CAUSAL.search(" ".join(sentences)) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_control_that_shows_something_warns(blora: Association, language: Language) -> None:
    voice = Voice(language)
    said = set()
    for limits in (LOWER, UNCLEAR):
        difference = model(blora, limits).slope
        for role in ("outcome", "exposure"):
            control = NegativeControl(role=role, indicator="x", villages=9, difference=difference)
            said.add(control_sentence(control, voice=voice))
    assert len(said) == 4
