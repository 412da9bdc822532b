from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.export.syllables import cut, long_words

# Cuts that Ejaan Bahasa Indonesia yang Disempurnakan, Edisi V (2022), Pemenggalan Kata, allows for these words; short
# first pieces and suffixes are left whole on purpose.
ALLOWED = {
    "keterbandingan": "keter-ban-dingan",
    "pertanggungjawaban": "per-tang-gung-jawaban",
    "penyelenggaraan": "penye-leng-garaan",
    "bangkrut": "bang-krut",
    "mendengarkan": "men-dengarkan",
    "instrumen": "instrumen",
    "swasta": "swasta",
}


@pytest.mark.parametrize(("word", "pieces"), ALLOWED.items())
def test_cuts(word: str, pieces: str) -> None:
    assert "-".join(cut(word)) == pieces


@given(st.from_regex("[A-Za-z]{1,30}", fullmatch=True))
def test_nothing_is_lost_and_no_piece_is_too_short(word: str) -> None:
    pieces = cut(word)
    assert "".join(pieces) == word
    assert all(len(piece) >= 3 for piece in pieces[:-1])
    assert len(pieces) == 1 or len(pieces[-1]) >= 4


def test_only_long_words_of_letters_are_looked_at() -> None:
    assert long_words("Desa/kelurahan 33.16.01.2001 pendek") == {"kelurahan"}
