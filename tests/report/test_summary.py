"""The summary page: every rule with an input that changes the choice, and one page in print."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest

import kbkit
from kbkit.document import MIME_TYPE, Bullets, KeyFigure, dump_blocks
from kbkit.export.pdf import set_pdf
from kbkit.export.reading import read_report
from kbkit.report.key_figures import compose_key_figures
from kbkit.report.summary import LIMITS_NAMED, compose_summary
from kbkit.results import Contrast, Undefined
from kbkit.results.association import Sensitivity, Specification
from kbkit.results.findings import Findings
from kbkit.results.priorities import RankedProblem
from kbkit.results.stunting import SurveyValue
from kbkit.results.targets import TargetGap
from kbkit.text import LANGUAGES, Language, Voice
from kbkit.text.actions import three_actions
from kbkit.text.certainty import judge_certainty
from kbkit.text.key_findings import coverage_doubt, key_findings, lowered
from tests.text.test_words import CAUSAL

CODES = ("33.16", "14.71", "13.77", "14.06", "21.05")
VOICE = Voice("id")


@pytest.fixture
def blora(demo_findings: dict[str, Findings]) -> Findings:
    return demo_findings["33.16"]


def with_coverage(findings: Findings, coverage: float | None) -> Findings:
    assert findings.stunting is not None
    latest = replace(findings.stunting.latest, coverage=coverage)
    return replace(findings, stunting=replace(findings.stunting, latest=latest))


def with_problems(findings: Findings, *problems: RankedProblem) -> Findings:
    return replace(findings, priorities=replace(findings.priorities, problems=problems))


def problem(key: str, share: float, **fields: Any) -> RankedProblem:
    known: dict[str, Any] = dict.fromkeys(("urgency", "seriousness", "growth", "rank", "rank_best", "rank_worst"), 1)
    known |= {"time": "2024-02", "change": None, "since": None, "benchmark": 0.1, "priority": 1.0, "top": 1.0}
    return RankedProblem(key=key, affected=round(share * 1000), population=1000, share=share, **(known | fields))


def test_certainty_falls_with_each_reason(blora: Findings) -> None:
    association = blora.association
    assert association.sensitivity is not None

    def judged(**fields: Any) -> tuple[str, str]:
        certainty = judge_certainty(replace(association, **fields))
        return certainty.word, certainty.because

    def every(difference: float) -> Sensitivity:
        assert association.sensitivity is not None
        contrast = Contrast(estimate=difference, lower=difference - 0.01, upper=difference + 0.01, term="t", method="m")
        rows: tuple[Specification, ...] = tuple(
            replace(item, difference=contrast) for item in association.sensitivity.specifications
        )
        return replace(association.sensitivity, specifications=rows)

    assert judged(verdict="withheld") == ("untold", "")
    assert judged(verdict="unclear", cautions=()) == ("low", "interval")
    assert judged(verdict="lower", cautions=(Undefined(reason="coverage_low"),)) == ("low", "cautions")
    assert judged(verdict="lower", cautions=(), sensitivity=every(-0.1)) == ("moderate", "")
    assert judged(verdict="lower", cautions=(), sensitivity=every(0.0)) == ("low", "sensitivity")
    assert judged(verdict="higher", cautions=(), sensitivity=every(-0.1)) == ("low", "sensitivity")
    assert judged(verdict="lower", cautions=(), sensitivity=None) == ("low", "sensitivity")


@pytest.mark.parametrize(
    ("coverage", "doubt"), [(0.79, "low"), (0.80, ""), (1.10, ""), (1.11, "implausible"), (None, "")]
)
def test_coverage_is_in_doubt_at_the_published_thresholds(blora: Findings, coverage: float | None, doubt: str) -> None:
    assert coverage_doubt(with_coverage(blora, coverage)) == doubt


def test_a_doubtful_coverage_comes_first(blora: Findings) -> None:
    low, fine, above = (key_findings(with_coverage(blora, value), voice=VOICE) for value in (0.6, 0.9, 1.3))
    assert low[0].startswith("Di desa/kelurahan yang melapor, hanya 60,0% balita sasaran")
    assert "lebih banyak daripada sasarannya (D/S 130,0%)" in above[0]
    assert fine[0].startswith("Masalah pertama")
    assert len(low) == len(fine) == len(above) == 3


def test_the_problem_that_is_told_is_the_first_beyond_its_benchmark(blora: Findings) -> None:
    fine = with_coverage(blora, 0.9)
    beyond = with_problems(fine, problem("four_too", 0.05), problem("water_unimproved", 0.2))
    assert "keluarga sasaran tanpa air minum layak, 200 dari 1.000" in key_findings(beyond, voice=VOICE)[0]
    none = with_problems(fine, problem("four_too", 0.05))
    assert "Prioritas pertama" not in " ".join(key_findings(none, voice=VOICE))


def test_children_not_measured_are_told_once(blora: Findings) -> None:
    problems = (problem("unmeasured", 0.4), problem("water_unimproved", 0.2))
    low = key_findings(with_problems(with_coverage(blora, 0.6), *problems), voice=VOICE)
    assert "air minum" in low[1]
    fine = key_findings(with_problems(with_coverage(blora, 0.9), *problems), voice=VOICE)
    assert "sasaran yang tidak diukur" in fine[0]


def quiet(findings: Findings) -> Findings:
    """Return findings in which no rule but the weakest score applies."""
    areas = Undefined(reason="villages_alike", details={"villages": 3})
    return replace(with_problems(with_coverage(findings, 0.9)), small_areas=areas, targets=())


def gap(low: float, high: float) -> TargetGap:
    return TargetGap(
        year=2025, prevalence=0.188, source="RPJMN", survey="SSGI", survey_year=2024, gap_low=low, gap_high=high
    )


def test_villages_above_and_the_survey_are_told_where_there_are_any(blora: Findings) -> None:
    calm = quiet(blora)
    assert key_findings(calm, voice=VOICE)[0].startswith("Dari dua belas indikator klasifikasi, yang terendah adalah")
    above = key_findings(replace(calm, small_areas=blora.small_areas), voice=VOICE)
    assert "seluruhnya di atas angka Kabupaten Blora" in above[0]
    missed = key_findings(replace(calm, targets=(gap(0.02, 0.03),)), voice=VOICE)
    assert "berada 2,0–3,0 poin persentase di atas target 18,8%" in missed[0]
    unsure = key_findings(replace(calm, targets=(gap(-0.01, 0.03),)), voice=VOICE)
    assert "poin persentase di atas target" not in " ".join(unsure)


def test_without_anything_that_stands_out_the_findings_describe(blora: Findings) -> None:
    found = key_findings(replace(quiet(blora), classification=None), voice=VOICE)
    assert found[0].startswith("Belum ada data klasifikasi")
    assert len(found) == 3


def test_two_suggestions_of_the_plan_and_one_on_the_data(blora: Findings) -> None:
    first, second, data = three_actions(blora, voice=VOICE)
    planned = blora.priorities.planned
    for sentence, key in ((first, planned[0]), (second, planned[1])):
        assert lowered(VOICE.say(f"priorities.{key}")) in sentence
    assert data.startswith("Dinas Kesehatan: jadwalkan pengukuran bagi")


def test_a_gap_that_the_plan_already_asks_for_gives_way_to_the_next(blora: Findings) -> None:
    planned = replace(blora.priorities, planned=("unmeasured", *blora.priorities.planned))
    assert "jadwalkan pengukuran" not in " ".join(three_actions(replace(blora, priorities=planned), voice=VOICE))


def test_data_that_are_absent_are_asked_for_first(blora: Findings) -> None:
    assert "serahkan rekap e-PPGBM" in three_actions(replace(blora, stunting=None), voice=VOICE)[2]
    assert "unduh “Rekap Klasifikasi”" in three_actions(replace(blora, classification=None), voice=VOICE)[2]


def test_without_plan_and_gaps_the_habit_remains(blora: Findings) -> None:
    assert blora.classification is not None
    calm = replace(
        with_coverage(blora, 0.9),
        priorities=replace(blora.priorities, planned=(), items=()),
        classification=replace(blora.classification, nothing_entered=0),
        quality=replace(blora.quality, unmatched_rows=0),
    )
    (only,) = three_actions(calm, voice=VOICE)
    assert "simpan “Rekap Klasifikasi”" in only
    unlisted = replace(calm, programme=replace(calm.programme, funding=None))
    assert three_actions(unlisted, voice=VOICE)[0].startswith("Badan Perencanaan Pembangunan Daerah: minta setiap OPD")


def test_a_problem_without_named_villages_leaves_them_to_the_meeting(blora: Findings) -> None:
    planned = replace(blora.priorities, planned=("stunted",), items=())
    assert "desa/kelurahannya ditetapkan rapat" in three_actions(replace(blora, priorities=planned), voice=VOICE)[0]


def figures(findings: Findings) -> dict[str, KeyFigure]:
    return {item.label: item for item in compose_key_figures(findings, voice=VOICE)}


def survey(prevalence: float, band: str, *, year: int = 2024) -> SurveyValue:
    return SurveyValue(
        survey="SSGI", year=year, prevalence=prevalence, lower=None, upper=None, publisher=None, band=band
    )


def test_only_the_survey_has_a_band_and_a_target(blora: Findings) -> None:
    shown = figures(replace(blora, surveys=(survey(0.25, "high", year=2022), survey(0.207, "high")),
                            targets=(gap(0.019, 0.019),)))  # fmt: skip
    carrying = [label for label, item in shown.items() if "WHO-UNICEF" in item.detail or "target 18,8%" in item.detail]
    assert carrying == ["Prevalensi stunting (survei)"]
    assert shown["Prevalensi stunting (survei)"] == KeyFigure(
        label="Prevalensi stunting (survei)",
        value="20,7%",
        detail="SSGI 2024; tanpa interval terbit; +1,9 poin persentase dari target 18,8% (2025, RPJMN); "
        "pita tinggi (WHO-UNICEF; de Onis dkk., 2019); sebelumnya 25,0% (SSGI 2022)",
    )


def test_publications_that_disagree_are_shown_as_a_range(blora: Findings) -> None:
    shown = figures(replace(blora, surveys=(survey(0.212, "high"), survey(0.178, "medium")), targets=()))
    item = shown["Prevalensi stunting (survei)"]
    assert item.value == "17,8–21,2%"
    assert "2 angka terbit berbeda; pita sedang sampai tinggi" in item.detail


def test_changes_are_those_of_the_problems_and_coverage_rises_where_the_unmeasured_fall(blora: Findings) -> None:
    since = {"change": -0.02, "since": "2023-02"}
    shown = figures(with_problems(blora, problem("stunted", 0.2, **since), problem("unmeasured", 0.2, **since)))
    assert shown["Prevalensi stunting (register)"].detail.endswith("−2,0 poin persentase sejak Februari 2023")
    assert shown["Cakupan pengukuran (D/S)"].detail.endswith("+2,0 poin persentase sejak Februari 2023")
    assert "sejak" not in figures(with_problems(blora))["Cakupan pengukuran (D/S)"].detail


def test_a_regency_without_children_has_no_empty_figure(blora: Findings) -> None:
    assert set(figures(replace(blora, stunting=None, surveys=()))) == {
        "Kampung KB terklasifikasi", "Selisih per kenaikan satu tingkat"
    }  # fmt: skip


def test_limits_are_the_first_and_a_count_of_the_others(blora: Findings) -> None:
    many = tuple(Undefined(reason="nothing_measured") for _ in range(LIMITS_NAMED + 2))
    findings = replace(blora, association=replace(blora.association, reasons=many, deviations=(), cautions=()))
    (bullets, _) = compose_summary(findings, voice=VOICE)[-1].children  # type: ignore[union-attr]
    assert isinstance(bullets, Bullets)
    assert len(bullets.items) == LIMITS_NAMED + 1
    assert bullets.items[-1][0].text.startswith("Dan 2 hal lain")
    none = replace(blora, association=replace(blora.association, reasons=(), deviations=(), cautions=()))
    assert len(compose_summary(none, voice=VOICE)[-1].children) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "lower"), [("Tanpa dana", "tanpa dana"), ("PUS 4T", "PUS 4T"), ("", "")])
def test_names_in_the_middle_of_a_sentence(name: str, lower: str) -> None:
    assert lowered(name) == lower


def pages(findings: Findings, language: Language) -> int:
    """Return the pages of the summary alone, set as PDF."""
    pypdf = pytest.importorskip("pypdf")
    report = kbkit.compose_report(findings, language=language)
    blocks = (report.title.blocks[0], *report.summary.blocks)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [{"data": {MIME_TYPE: dump_blocks(blocks)}}]}
    pdf = set_pdf(read_report({"cells": [cell], "metadata": {}}, name="summary"))
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    title = Voice(language).say("report.summary")
    first = max(place for place, text in enumerate(texts) if title in text)
    return len(texts) - first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_summary_is_one_page_in_print_without_a_word_of_cause(
    demo_findings: dict[str, Findings], code: str, language: Language
) -> None:
    assert pages(demo_findings[code], language) == 1
    blocks = compose_summary(demo_findings[code], voice=Voice(language))
    assert CAUSAL.search(json.dumps(dump_blocks(blocks), ensure_ascii=False)) is None
