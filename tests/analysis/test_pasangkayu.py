"""The one real link of tier and stunting: prevalence rises with the tier, on a handful of villages; nothing follows.

The classification export of 13 June 2022 and e-PPGBM of January 2024, the files of the real-data folder.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import kbkit
from kbkit.document import Table, dump_blocks
from kbkit.prepare import prepare_dataset
from kbkit.results.findings import Findings
from kbkit.text import LANGUAGES, Language, Voice

pytestmark = [pytest.mark.real, pytest.mark.slow]

SOURCES = ("kkb/kkb_klasifikasi_nasional_2022-06-13.xlsx", "stunting/eppgbm_desa_pasangkayu_2024-01.xlsx")


@pytest.fixture(scope="module")
def pasangkayu(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    out = tmp_path_factory.mktemp("pasangkayu") / "dataset"
    prepare_dataset(sources=[real_data / name for name in SOURCES], out=out, today=dt.date(2026, 1, 1))
    return kbkit.analyse_regency(kbkit.read_regency(out, regency="76.01"))


def test_no_claim_and_the_reasons_in_order_of_weight(pasangkayu: Findings) -> None:
    """Counted in the two files: 18, 4, 1 and 2 measured villages by tier, 38 without; 10,832 of 14,961 measured."""
    association = pasangkayu.association
    assert association.verdict == "withheld"
    assert [(item.reason, dict(item.details)) for item in association.reasons] == [
        ("few_villages", {"tiers": "berkembang,mandiri,berkelanjutan", "villages": "4, 1, 2", "needed": 8})
    ]
    assert [item.reason for item in association.cautions] == [
        "few_with_tier",
        "coverage_low",
        "coverage_gap",
        "tier_old",
    ]
    assert dict(association.cautions[0].details) == {"with_tier": 25, "total": 63}
    assert association.cautions[1].details["coverage_share"] == pytest.approx(10_832 / 14_961)
    assert association.cautions[3].details["months"] == 19
    assert (association.crude, association.adjusted, association.sensitivity) == (None, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_report_prints_no_difference(pasangkayu: Findings, language: Language) -> None:
    report, voice = kbkit.compose_report(pasangkayu, language=language), Voice(language)
    text = json.dumps(dump_blocks((*report.summary.blocks, *report.association.blocks)), ensure_ascii=False)
    assert voice.say("report.answer_withheld", regency=pasangkayu.regency.name) in text
    assert voice.reason(pasangkayu.association.reasons[0]) in text
    tables = {block.name for block in report.association.blocks if isinstance(block, Table)}
    assert "comparison_rules" in tables
    assert not {"tier_models", "sensitivity", "shifts", "coverage_by_tier"} & tables
