"""Regencies together: what is pooled, what is not, and that multiplicity is paid for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kbkit
from kbkit.document import Block, Bullets, Document, Figure, Heading, Span, Table
from kbkit.methods import adjust_p_values, pool_random_effects
from kbkit.results import Contrast, Undefined
from kbkit.results.association import Model
from kbkit.results.findings import Findings
from kbkit.results.province import Pooled
from kbkit.text import LANGUAGES, Voice


def copies(blora: Findings, slopes: list[tuple[float, float, float]]) -> list[Findings]:
    """Return regencies like Blora with other slopes: estimate, standard error, bootstrap p-value."""
    made = []
    for number, (estimate, std_error, p_value) in enumerate(slopes):
        model = blora.association.adjusted
        assert isinstance(model, Model)
        assert isinstance(model.slope, Contrast)
        slope = replace(model.slope, estimate=estimate, std_error=std_error)
        association = replace(blora.association, adjusted=replace(model, slope=slope, bootstrap_p=p_value))
        regency = replace(blora.regency, code=f"33.{number + 10}", name=f"Kabupaten {number}")
        made.append(replace(blora, regency=regency, association=association))
    return made


SLOPES = [(-0.02, 0.006, 0.01), (-0.005, 0.008, 0.50), (-0.03, 0.010, 0.02)]


def test_the_pool_is_that_of_the_method(demo_findings: dict[str, Findings]) -> None:
    province = kbkit.analyse_province(copies(demo_findings["33.16"], SLOPES))
    expected = pool_random_effects(
        estimate=[estimate for estimate, _, _ in SLOPES], variance=[error**2 for _, error, _ in SLOPES]
    )
    assert isinstance(province.pooled, Pooled)
    assert isinstance(province.pooled.mean, Contrast)
    assert not isinstance(expected, Undefined)
    assert province.pooled.mean.estimate == expected.estimate
    assert (province.pooled.mean.lower, province.pooled.mean.upper) == (expected.lower, expected.upper)
    assert province.pooled.prediction_lower < expected.estimate < province.pooled.prediction_upper


def test_p_values_are_adjusted_for_the_regencies_that_were_tested(demo_findings: dict[str, Findings]) -> None:
    withheld = demo_findings["14.71"]
    province = kbkit.analyse_province([*copies(demo_findings["33.16"], SLOPES), withheld])
    adjusted = {line.code: line.adjusted_p for line in province.regencies}
    assert isinstance(adjusted.pop("14.71"), Undefined)
    # Holm by hand over three tests: 0.01 * 3, then 0.02 * 2, then 0.50.
    assert list(adjusted.values()) == pytest.approx([0.03, 0.50, 0.04])


def test_one_comparison_is_not_pooled(demo_findings: dict[str, Findings]) -> None:
    province = kbkit.analyse_province(list(demo_findings.values()))
    assert province.provinces == ("Sumatera Barat", "Riau", "Kepulauan Riau", "Jawa Tengah")
    assert province.pooled == Undefined(reason="too_few_regencies", details={"regencies": 1, "needed": 2})
    assert [line.code for line in province.regencies] == ["13.77", "14.06", "14.71", "21.05", "33.16"]
    assert province.simulated


def test_different_plans_are_not_pooled(demo_findings: dict[str, Findings]) -> None:
    first, *others = copies(demo_findings["33.16"], SLOPES)
    changed = replace(first, provenance=replace(first.provenance, plan_hash="another"))
    pooled = kbkit.analyse_province([changed, *others]).pooled
    assert isinstance(pooled, Undefined)
    assert pooled.reason == "several_plans"


def test_different_levels_are_an_error(demo_findings: dict[str, Findings]) -> None:
    with pytest.raises(ValueError, match="one level"):
        kbkit.analyse_province([demo_findings["33.16"], replace(demo_findings["14.71"], level=0.9)])


def test_the_report_says_what_was_pooled_and_what_was_not(demo_findings: dict[str, Findings]) -> None:
    pooled = kbkit.compose_province(kbkit.analyse_province(copies(demo_findings["33.16"], SLOPES)), language="id")
    alone = kbkit.compose_province(kbkit.analyse_province(list(demo_findings.values())), language="id")
    assert "3 kabupaten/kota yang dapat dibandingkan" in str(pooled.summary.blocks[1])
    reason = Voice("id").reason(Undefined(reason="too_few_regencies", details={"regencies": 1, "needed": 2}))
    assert reason in str(alone.summary.blocks[1])
    assert "DATA SIMULASI" in str(alone.title.blocks[0])


def test_a_group_in_which_nothing_was_compared_has_no_page_on_tiers(demo_findings: dict[str, Findings]) -> None:
    alone = kbkit.analyse_province([demo_findings["14.71"], demo_findings["14.06"]])
    report = kbkit.compose_province(alone, language="id", report_file="report.html")
    headings = [block.text for section in report.sections for block in section.blocks if isinstance(block, Heading)]
    assert headings == ["Gabungan Kabupaten/Kota", "Cara membaca", "Laporan setiap kabupaten/kota"]


def test_two_families_of_tests_are_adjusted_apart(demo_findings: dict[str, Findings]) -> None:
    province = kbkit.analyse_province([*copies(demo_findings["33.16"], SLOPES), demo_findings["14.71"]])
    assert [(family.name, family.method, family.tests) for family in province.families] == [
        ("slopes", "holm", 3),
        ("contrasts", "bh", 9),
    ]
    own = [contrast for line in province.regencies for contrast in line.contrasts]
    raw = [contrast.difference.p_value for contrast in own if isinstance(contrast.difference, Contrast)]
    adjusted = adjust_p_values(p=raw, method="bh")
    assert [contrast.adjusted_p for contrast in own] == pytest.approx(adjusted)


def test_slopes_are_drawn_towards_the_mean_the_more_the_less_certain_they_are(
    demo_findings: dict[str, Findings],
) -> None:
    slopes = [(-0.06, 0.004, 0.01), (0.03, 0.004, 0.50), (-0.06, 0.020, 0.02)]
    province = kbkit.analyse_province(copies(demo_findings["33.16"], slopes))
    assert isinstance(province.pooled, Pooled)
    assert isinstance(province.pooled.mean, Contrast)
    mean, between = province.pooled.mean.estimate, province.pooled.tau**2
    drawn = [line.shrunken for line in province.regencies]
    # By hand: (tau^2 b + se^2 m) / (tau^2 + se^2).
    expected = [(between * b + error**2 * mean) / (between + error**2) for b, error, _ in slopes]
    assert drawn == pytest.approx(expected)
    assert isinstance(drawn[0], float)
    assert isinstance(drawn[2], float)
    assert abs(drawn[2] - mean) < abs(drawn[0] - mean)


def test_an_unclear_result_never_stands_without_what_could_have_been_found(demo_findings: dict[str, Findings]) -> None:
    unclear = [
        replace(item, association=replace(item.association, verdict="unclear"))
        for item in copies(demo_findings["33.16"], [(-0.01, 0.02, 0.6), (0.01, 0.02, 0.6)])
    ]
    province = kbkit.analyse_province(unclear)
    assert isinstance(province.pooled, Pooled)
    assert isinstance(province.pooled.detectable, float)
    for language in LANGUAGES:
        report, voice = kbkit.compose_province(province, language=language), Voice(language)
        size = voice.style.decimal(100 * province.pooled.detectable, 1)
        assert voice.say("province.answer_unclear_detectable", detectable=size) in str(report.summary.blocks[1])
        (table,) = [block for block in report.summary.blocks if isinstance(block, Table)]
        for line, row in zip(province.regencies, table.rows, strict=True):
            assert isinstance(line.detectable, float)
            assert voice.style.decimal(100 * line.detectable, 1) in row.cells[-1].text


def test_every_regency_is_one_link_away(demo_findings: dict[str, Findings], tmp_path: Path) -> None:
    province = kbkit.analyse_province(list(demo_findings.values()))
    report = kbkit.compose_province(province, language="id", report_file="report.html")
    links = [span.href for span in spans(report.details.blocks) if span.href]
    assert links == [f"../{code}/report.html" for code in ("13.77", "14.06", "14.71", "21.05", "33.16")]
    report.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"province.json", "figures", "tables"}
    without = kbkit.compose_province(province, language="id")
    assert not [span for span in spans(without.details.blocks) if span.href]


def spans(blocks: tuple[Block, ...]) -> list[Span]:
    return [span for block in blocks if isinstance(block, Bullets) for item in block.items for span in item]


def test_a_batch_is_read_back_whole_or_by_province_and_gives_the_same_summary(
    demo_findings: dict[str, Findings], tmp_path: Path
) -> None:
    for code, findings in demo_findings.items():
        findings.save(tmp_path / code)
        findings.save(tmp_path / f".{code}.partial")
    assert kbkit.analyse_province(kbkit.read_batch(tmp_path)) == kbkit.analyse_province(list(demo_findings.values()))
    assert [item.regency.code for item in kbkit.read_batch(tmp_path, province="14")] == ["14.06", "14.71"]
    named = kbkit.read_batch(tmp_path, regencies=["33.16", "14.06"])
    assert [item.regency.code for item in named] == ["14.06", "33.16"], "the folder holds others, of an earlier batch"


def test_a_page_of_many_regencies_counts_them_and_draws_none(demo_findings: dict[str, Findings]) -> None:
    slopes = [(-0.001 * number, 0.01, 0.5) for number in range(61)]
    few, many = (
        kbkit.compose_province(kbkit.analyse_province(copies(demo_findings["33.16"], own)), language="id")
        for own in (slopes[:60], slopes)
    )
    titles = [next(block for block in report.title.blocks if isinstance(block, Document)) for report in (few, many)]
    assert len(str(titles[0].subtitle).split(", ")) == 60
    assert titles[1].subtitle == "Provinsi Jawa Tengah: 61 kabupaten/kota"
    drawn = [any(isinstance(block, Figure) for block in report.summary.blocks) for report in (few, many)]
    assert drawn == [True, False]
