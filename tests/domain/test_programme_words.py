"""The vocabulary of programme, agencies, interventions and money: whole, without doubles, as in the catalogues."""

from __future__ import annotations

from collections import Counter

import pytest

from kbkit.domain.agencies import AGENCIES, DEFAULT_AGENCIES, agency_key
from kbkit.domain.funding import FUNDING_SOURCES, PURPOSES, purpose_key, source_key
from kbkit.domain.interventions import (
    DEFAULT_INTERVENTIONS,
    KIND_NAMES,
    TARGET_GROUPS,
    intervention_key,
    kind_key,
    target_key,
)
from kbkit.domain.programmes import OBJECTIVES, PROGRAMME_GROUPS, groups_of
from kbkit.domain.spelling import plain_words
from kbkit.text import LANGUAGES, Catalogue


def test_eight_groups_under_four_objectives() -> None:
    assert list(PROGRAMME_GROUPS) == [1, 2, 3, 4, 5, 6, 7, 8]
    # Data 1; behaviour 2; services 3, 4, 5, 6, 7; surroundings 8.
    assert {number: [group.number for group in groups_of(number)] for number in OBJECTIVES} == {
        1: [1],
        2: [2],
        3: [3, 4, 5, 6, 7],
        4: [8],
    }


def test_every_intervention_has_a_known_group_agency_and_target() -> None:
    for item in DEFAULT_INTERVENTIONS:
        assert item.group in PROGRAMME_GROUPS
        assert item.agency in AGENCIES
        assert item.target in TARGET_GROUPS
    assert {item.group for item in DEFAULT_INTERVENTIONS} == set(PROGRAMME_GROUPS)
    assert {item.kind for item in DEFAULT_INTERVENTIONS} == {"specific", "sensitive"}


@pytest.mark.parametrize(
    "names",
    [
        [name for agency in DEFAULT_AGENCIES for name in (agency.name, agency.short, *agency.spellings)],
        [name for source in FUNDING_SOURCES for name in (source.name, *source.spellings)],
        [item.name for item in DEFAULT_INTERVENTIONS],
        [item.key for item in DEFAULT_INTERVENTIONS],
        list(TARGET_GROUPS.values()),
        list(PURPOSES.values()),
    ],
)
def test_no_word_means_two_things(names: list[str]) -> None:
    assert [name for name, count in Counter(map(plain_words, names)).items() if count > 1] == []


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Dinas Kesehatan", "health"),
        ("DINKES", "health"),
        ("Dinas Kesehatan Kab. Blora", "health"),
        ("Dinas Kesehatan Kota Pekanbaru", "health"),
        ("DP2KBP3A", "family_planning"),
        ("kankemenag", "religious_affairs"),
        ("Dinas Pariwisata", None),
        ("", None),
    ],
)
def test_an_agency_is_known_by_its_spellings(written: str, key: str | None) -> None:
    assert agency_key(written) == key


def test_money_stays_with_its_narrowest_source() -> None:
    assert [source_key(word) for word in ("DAK", "BOKB", "DAK BOKB", "DD", "ADD", "APBD", "pinjaman")] == [
        "dak",
        "bokb",
        "bokb",
        "village_fund",
        "village_budget",
        "apbd_regency",
        None,
    ]
    assert purpose_key("dashat") == "dashat"


def test_words_of_an_intervention() -> None:
    assert intervention_key("kb pasca persalinan") is None  # near is not the same
    assert intervention_key("KB pascapersalinan") == "postpartum_family_planning"
    assert (kind_key("Spesifik"), kind_key("sensitive"), kind_key("lain")) == ("specific", "sensitive", None)
    assert target_key("ibu hamil") == "pregnant"


def test_the_indonesian_catalogue_has_the_words_of_the_vocabulary_and_english_translates_each() -> None:
    words = (
        {f"programme.group_{number}": group.name for number, group in PROGRAMME_GROUPS.items()}
        | {f"programme.objective_{number}": name for number, name in OBJECTIVES.items()}
        | {f"agencies.{key}": agency.name for key, agency in AGENCIES.items()}
        | {f"agencies.{key}_short": agency.short for key, agency in AGENCIES.items()}
        | {f"funding.source_{source.key}": source.name for source in FUNDING_SOURCES}
        | {f"funding.purpose_{key}": name for key, name in PURPOSES.items()}
        | {f"interventions.{item.key}": item.name for item in DEFAULT_INTERVENTIONS}
        | {f"interventions.kind_{kind}": name for kind, name in KIND_NAMES.items()}
        | {f"interventions.target_{key}": name for key, name in TARGET_GROUPS.items()}
    )
    indonesian = Catalogue("id")
    assert {key: indonesian.say(key) for key in words} == words
    assert [key for language in LANGUAGES for key in words if key not in Catalogue(language)] == []
