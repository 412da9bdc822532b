"""The programme in the report: no empty heading, one list of what to supply, money in millions, both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from kbkit.document import Bullets, Figure, Heading, Table, dump_blocks
from kbkit.domain.data_types import PLACEHOLDER
from kbkit.report.programme import compose_programme
from kbkit.results.findings import Findings
from kbkit.results.programme import Funding, Membership, Programme
from kbkit.text import LANGUAGES, Language, Voice
from kbkit.text.programme import absent_parts, describe_time, launch_sentences, merge_names, type_sentences
from tests.text.test_words import CAUSAL

NOTHING = Programme(
    launches=None, presences=(), pokja=None, memberships=(), data_types=None, funding=None, activities=None
)


def tables(findings: Findings, language: Language = "id") -> dict[str, Table]:
    blocks = compose_programme(findings, voice=Voice(language))
    return {block.name: block for block in blocks if isinstance(block, Table)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_data_there_is_one_list_of_what_to_supply(
    demo_findings: dict[str, Findings], language: Language
) -> None:
    voice = Voice(language)
    blocks = compose_programme(replace(demo_findings["33.16"], programme=NOTHING), voice=voice)
    assert [block.text for block in blocks if isinstance(block, Heading)] == [voice.say("programme.absent_heading")]
    (listed,) = [block for block in blocks if isinstance(block, Bullets)]
    assert len(listed.items) == len(absent_parts(NOTHING, voice=voice)) == 8


def test_every_absent_part_is_named_by_itself(demo_findings: dict[str, Findings]) -> None:
    whole, voice = demo_findings["33.16"].programme, Voice("id")
    assert absent_parts(whole, voice=voice) == ()
    for part in ("launches", "pokja", "data_types", "funding", "activities"):
        without: dict[str, Any] = {part: None}
        assert absent_parts(replace(whole, **without), voice=voice) == (voice.say(f"programme.absent_{part}"),)
    assert absent_parts(replace(whole, memberships=()), voice=voice) == (voice.say("programme.absent_memberships"),)
    houses = tuple(presence for presence in whole.presences if not presence.name.startswith("data_house"))
    assert absent_parts(replace(whole, presences=houses), voice=voice) == (voice.say("programme.absent_houses"),)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["33.16", "14.71", "13.77", "14.06", "21.05"])
def test_sections_of_the_demo(demo_findings: dict[str, Findings], code: str, language: Language) -> None:
    blocks = compose_programme(demo_findings[code], voice=Voice(language))
    assert not [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    assert {block.name for block in blocks if isinstance(block, Figure)} == {"programme_elements", "funding_by_source"}
    assert set(tables(demo_findings[code], language)) == {
        "kampung_kb_launches", "activity_group_members", "funding_sources", "programme_groups"
    }  # fmt: skip
    words = [block for block in blocks if not isinstance(block, Figure)]
    assert CAUSAL.search(json.dumps(dump_blocks(tuple(words)), ensure_ascii=False)) is None
    assert all(sum(map(str.isdigit, block.alt)) >= 4 for block in blocks if isinstance(block, Figure))
    for following in pairwise(blocks):
        assert not all(isinstance(block, Heading) for block in following)


def test_eight_groups_stand_under_four_objectives(demo_findings: dict[str, Findings]) -> None:
    rows = tables(demo_findings["33.16"])["programme_groups"].rows
    assert [row.kind for row in rows] == [
        *("group", "body"), *("group", "body"), "group", *["body"] * 5, *("group", "body"), "total"
    ]  # fmt: skip
    assert rows[0].cells[0].text == "Sasaran 1: Penyediaan data keluarga dan dokumen kependudukan"


def test_money_is_in_millions_as_the_heading_says(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["33.16"]
    funding = findings.programme.funding
    assert funding is not None
    source = replace(funding.sources[0], amount=1_234_560_000, spent=None, without_amount=2)
    shown = replace(findings, programme=replace(findings.programme, funding=replace(funding, sources=(source,))))
    (row,) = tables(shown)["funding_sources"].rows
    assert [cell.text for cell in row.cells[2:]] == ["1.234,6", "–", "2"]
    assert row.cells[2].value == 1234.56


def test_a_year_without_any_money_has_no_figure_of_nothing(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["33.16"]
    none = Funding(year=2024, funded=0, unfunded=2, silent=293, sources=())
    blocks = compose_programme(replace(findings, programme=replace(NOTHING, funding=none)), voice=Voice("id"))
    assert not [block for block in blocks if isinstance(block, (Figure, Table))]
    assert "Tidak ada desa/kelurahan yang mencatat sumber dana" in json.dumps(dump_blocks(blocks))


def test_a_group_without_target_has_no_share(demo_findings: dict[str, Findings]) -> None:
    findings = demo_findings["33.16"]
    empty = Membership(name="bkl", source="register", time=None, rows=1, members=0, target=0, share=None, excluded=3)
    shown = replace(findings, programme=replace(findings.programme, memberships=(empty,)))
    (row,) = tables(shown)["activity_group_members"].rows
    assert [cell.text for cell in row.cells[5:]] == ["–", "3", "register bulanan, tanpa tanggal"]


def test_the_portal_is_named_only_where_it_differs(demo_findings: dict[str, Findings]) -> None:
    findings, voice = demo_findings["33.16"], Voice("id")
    launches = findings.programme.launches
    assert launches is not None
    assert len(launch_sentences(findings, launches, voice=voice)) == 2
    other = replace(launches, villages_with=launches.villages_with - 1)
    assert len(launch_sentences(findings, other, voice=voice)) == 3


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (None, "tanpa tanggal"),
        ("XXXX-09", "bulan ke-9, tahun tidak disebut"),
        ("2024-Q3", "triwulan 3 2024"),
        ("2024-S2", "semester 2 tahun 2024"),
        ("2024-01/2024-08", "Agustus 2024"),
        ("2024", "2024"),
        ("2024-01-04", "4 Januari 2024"),
    ],
)
def test_times_of_registers(time: str | None, said: str) -> None:
    assert describe_time(time, voice=Voice("id")) == said


def test_names_that_differ_in_one_word_are_put_into_one() -> None:
    assert merge_names(["Umur 0-4 tahun", "Umur 5-9 tahun", "Umur 75+ tahun", "Jamban", "Remaja"]) == [
        "Umur 0-4, 5-9, 75+ tahun", "Jamban", "Remaja"
    ]  # fmt: skip
    assert merge_names(["Anggota BKB kini", "Peserta BKB dulu"]) == ["Anggota BKB kini", "Peserta BKB dulu"]
    assert merge_names([]) == []


def test_types_for_all_some_and_none(demo_findings: dict[str, Findings]) -> None:
    types = demo_findings["33.16"].programme.data_types
    assert types is not None
    everywhere, some, nowhere = type_sentences(types, voice=Voice("id"))
    assert everywhere.startswith("Tersedia untuk semua desa/kelurahan: ")
    assert "Unmet need (" in some
    assert "Penduduk umur 0-4, 5-9, 10-14" in nowhere
    assert type_sentences(replace(types, types=()), voice=Voice("id")) == ()


def test_every_type_of_the_default_list_has_a_name_in_both_languages(demo_findings: dict[str, Findings]) -> None:
    types = demo_findings["33.16"].programme.data_types
    assert types is not None
    for item, language in ((item, language) for item in PLACEHOLDER.types for language in LANGUAGES):
        alone = replace(types, types=(replace(types.types[0], name=item.name, villages=0),))
        (sentence,) = type_sentences(alone, voice=Voice(language))
        assert (item.name in sentence) == (language == "id" or item.name == "Unmet need")
    own = replace(types, types=(replace(types.types[0], name="Data milik kantor", villages=0),))
    assert "Data milik kantor" in type_sentences(own, voice=Voice("en"))[0]
