"""Names to codes in real regencies of the register."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbkit.matching.gazetteer import gazetteer_of
from kbkit.matching.names import plain_key
from kbkit.matching.regencies import find_regency
from kbkit.matching.similarity import may_be_same
from kbkit.matching.villages import Decision, Name, match_names

PASANGKAYU, BLORA, PEKANBARU = "76.01", "33.16", "14.71"


def decide(regency: str, *names: Name) -> list[Decision]:
    decided = match_names(names, gazetteer=gazetteer_of(regency))
    return [decided[name] for name in names]


def outcome(regency: str, name: Name) -> tuple[str | None, str]:
    (decision,) = decide(regency, name)
    return decision.code, decision.method or decision.reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("KULU", district="LARIANG"), ("76.01.12.2005", "exact")),
        (Name("BULUMARIO", district="SARUDU"), ("76.01.04.2003", "exact")),
        (Name("DESA KULU", district="KEC. LARIANG"), ("76.01.12.2005", "normalised")),
        (Name("GODANG", district="LARIANG"), ("76.01.12.2005", "renamed")),
        (Name("GODANG"), ("76.01.12.2005", "renamed")),
        (Name("GODANG", district="SARUDU"), (None, "matching.village_unknown")),
        (Name("BULUMARIO"), ("76.01.04.2003", "exact_in_regency")),
        (Name("KULU", health_centre="PUSKESMAS LARIANG"), ("76.01.12.2005", "exact_by_health_centre")),
        (Name("KULU", health_centre="SARUDU"), ("76.01.12.2005", "exact_in_regency")),
        (Name("RANDOMAYAN", district="BAMBALAMOTU"), ("76.01.01.2004", "fuzzy")),
        (Name("PAKAWA"), ("76.01.02.2010", "fuzzy_in_regency")),
        (Name("SARUDX"), (None, "matching.too_close")),  # Sarudu and Sarude are both one letter away
        (Name("XYZABC", district="SARUDU"), (None, "matching.village_unknown")),
        (Name("PAKAWA", district="PASANGKAYU", tail="2010"), ("76.01.02.2010", "fuzzy_with_code")),
        (Name("PAKAWA", district="PASANGKAYU", tail="2099"), (None, "matching.code_differs")),
    ],
)
def test_steps(name: Name, expected: tuple[str | None, str]) -> None:
    assert outcome(PASANGKAYU, name) == expected


def test_a_name_that_occurs_twice_needs_its_kecamatan() -> None:
    """Blora has three Sumberejo."""
    assert outcome(BLORA, Name("SUMBEREJO")) == (None, "matching.name_twice")
    codes = {
        outcome(BLORA, Name("SUMBEREJO", district=district.name))[0]
        for district in gazetteer_of(BLORA).regency.districts
        if any(village.name == "Sumberejo" for village in district.villages)
    }
    assert len(codes) == 3
    assert None not in codes


def test_a_village_of_a_kecamatan_that_was_split() -> None:
    """Pekanbaru split Rumbai Pesisir; Lingga split Senayang."""
    assert outcome(PEKANBARU, Name("MERANTI PANDAK", district="RUMBAI PESISIR")) == (
        "14.71.12.1001",
        "exact_in_regency",
    )
    assert outcome("21.04", Name("CEMPA", district="SENAYANG")) == ("21.04.13.2002", "moved")


def test_a_like_name_in_the_kecamatan_speaks_against_an_equal_one_elsewhere() -> None:
    """Maros: Bonto Marannu is in Moncongloe, but Lau has a Marannu."""
    assert outcome("73.09", Name("BONTO MARANNU", district="LAU")) == (None, "matching.two_candidates")
    # Purwakarta: Linggarsari is in Plered, an older kecamatan: Darangdan's Linggasari is meant.
    assert outcome("32.14", Name("LINGGARSARI", district="DARANGDAN")) == ("32.14.06.2006", "fuzzy")


def test_a_near_miss_never_takes_a_village_that_is_named_exactly() -> None:
    exact, near = decide(PASANGKAYU, Name("KARAVE", district="BULU TABA"), Name("KARAWE", district="BULU TABA"))
    assert (exact.method, near.code, near.reason) == ("exact", None, "matching.claimed_exactly")
    (alone,) = decide(PASANGKAYU, Name("KARAWE", district="BULU TABA"))
    assert alone.method == "fuzzy"


def test_two_near_misses_for_one_village_are_both_open() -> None:
    names = Name("KARAWE", district="BULU TABA"), Name("KARAPE", district="BULU TABA")
    assert [decision.reason for decision in decide(PASANGKAYU, *names)] == ["matching.too_close"] * 2


def test_a_number_never_hides_in_the_letters() -> None:
    """Without its space MUARA BURNA II is letter for letter Muara Burnai I, which is another village."""
    assert outcome("16.02", Name("MUARA BURNA II"))[0] != "16.02.22.2014"


def test_numbers_and_directions_are_never_misspellings() -> None:
    assert not may_be_same("SUKAMAJU1", "SUKAMAJU2")
    assert not may_be_same("SUKAMAJUUTARA", "SUKAMAJUTIMUR")
    assert not may_be_same("ALU", "ALLU")
    assert may_be_same("CIHIDEUNGHILIR", "CIHIDEUNGILIR")


_ALL = [
    Name(village.name.upper(), district=district.name)
    for district in gazetteer_of(BLORA).regency.districts
    for village in district.villages
]
_MISSPELT = [Name(name.village[:-1], district=name.district) for name in _ALL[::7]]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(_ALL[:60] + _MISSPELT))
def test_the_order_of_the_rows_changes_nothing(names: list[Name]) -> None:
    gazetteer = gazetteer_of(BLORA)
    assert match_names(names, gazetteer=gazetteer) == match_names(sorted(names, key=str), gazetteer=gazetteer)


def _misspell(name: str, random: Random) -> str:
    """Drop, double, swap or replace one letter inside a name."""
    place = random.randrange(1, len(name) - 1)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return random.choice(
        [before + after, before + letter + letter + after, before[:-1] + letter + before[-1] + after]
        + [before + vowel + after for vowel in "AIUEO"]
    )


@pytest.mark.parametrize("with_district", [True, False])
def test_no_misspelt_name_takes_a_wrong_code(with_district: bool) -> None:
    """One name in ten with one wrong letter, unless that makes the name of another village; seeded, 8 regencies."""
    random = Random(2024)
    right = misspelt = 0
    for regency in (BLORA, "14.06", "32.05", "12.08", "73.06", "11.08", "53.08", "95.03"):
        gazetteer = gazetteer_of(regency)
        truth: dict[Name, set[str]] = {}
        wrong: set[Name] = set()
        for district in gazetteer.regency.districts:
            for village in district.villages:
                written = village.name.upper()
                damaged = _misspell(written, random) if len(written) > 3 and random.random() < 0.1 else written
                damaged = written if plain_key(damaged) in gazetteer.whole.plain else damaged
                name = Name(damaged, district=district.name if with_district else None)
                truth.setdefault(name, set()).add(village.code)
                wrong |= {name} if damaged != written else set()
        decided = match_names(truth, gazetteer=gazetteer)
        assert all(decided[name].code in codes | {None} for name, codes in truth.items())
        misspelt += len(wrong)
        right += sum(decided[name].code is not None for name in wrong)
    assert misspelt > 200
    assert right / misspelt > 0.7


def test_every_village_of_the_register_finds_itself() -> None:
    for regency in (BLORA, PEKANBARU, "13.77", "14.06", "21.05"):
        villages = gazetteer_of(regency).regency.districts
        names = {Name(v.name.upper(), district=d.name.upper()): v.code for d in villages for v in d.villages}
        decided = match_names(names, gazetteer=gazetteer_of(regency))
        assert {name: decision.code for name, decision in decided.items()} == names


@pytest.mark.real
def test_villages_after_splits_are_right_or_open(real_data: Path) -> None:
    """29 corrections that the programme's own staff made after kecamatan were split."""
    right = open_ = 0
    path = real_data / "wilayah" / "siga_pemekaran_gold.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        regency = find_regency(row["kabupaten"], province=row["provinsi"])
        assert regency is not None
        code, _ = outcome(regency.code, Name(row["desa"], district=row["kecamatan"]))
        parts = ("siga_provinsi_id", "siga_kabupaten_id", "siga_kecamatan_id", "siga_keluarahan_id")
        truth = ".".join(row[part] for part in parts)
        assert code in (truth, None), (row["desa"], code, truth)
        right, open_ = right + (code == truth), open_ + (code is None)
    assert (right, open_) == (25, 4)
