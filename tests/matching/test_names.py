from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbkit.matching.names import loose_district_key, loose_key, plain_key

NAMES = st.text(st.sampled_from("ABCDEIJKLNOPSTUVXéoedjtj '-./()123"), max_size=24)


@given(NAMES)
@example("T J OE")
@example("L B")
@example("D OE J")
@example("Desa Kel. Kampung")
def test_the_key_of_a_key_is_itself(name: str) -> None:
    for key in (plain_key, loose_key, loose_district_key):
        assert key(key(name)) == key(name)


@given(NAMES)
def test_case_and_outer_space_mean_nothing(name: str) -> None:
    assert loose_key(f"  {name.lower()} ") == loose_key(name.upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BULUMARIO", "Bulu Mario"),
        ("PA'BENTENGANG", "Pabentengang"),
        ("Désa Kulu", "Desa Kulu"),
    ],
)
def test_plain_keys(one: str, other: str) -> None:
    assert plain_key(one) == plain_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DESA KULU", "Kulu"),
        ("KEL. NGULAK I", "Ngulak Satu"),
        ("KEP. BAKTI JAYA", "Bakti Jaya"),
        ("Soekamadjoe", "Sukamaju"),
        ("Tjilatjap", "Cilacap"),
        ("Sei Raya", "Sungai Raya"),
        ("29 ILIR", "Dua-puluh-sembilan Ilir"),
        ("XII KOTO", "Dua Belas Koto"),
        ("PAGAGAN JULU VII", "Pagagan Julu 7"),
    ],
)
def test_loose_keys(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("SUKAMAJU I", "Sukamaju II"), ("Kampung Baru", "Baru Kampung"), ("BULU", "BULUMARIO")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert loose_key(one) != loose_key(other)


def test_a_name_that_is_only_a_word_of_kind_keeps_it() -> None:
    assert loose_key("Kampung") == "KAMPUNG"
    assert loose_district_key("Puskesmas Sarudu") == loose_district_key("KEC. SARUDU") == "SARUDU"
