from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kbkit.demo.faults import FaultKind, write_names
from kbkit.demo.streams import Streams

names = st.lists(
    st.text(alphabet="abdeghiknoprstu", min_size=3, max_size=12).map(str.title), min_size=1, max_size=60, unique=True
)


def squeeze(name: str) -> str:
    return name.replace(" ", "").upper()


@given(names=names, seed=st.integers(0, 2**16))
def test_wrong_names_are_listed_and_are_nobody_elses(names: list[str], seed: int) -> None:
    villages = pd.DataFrame({"village_code": [str(place) for place in range(len(names))], "village_name": names})
    written, kinds = write_names(villages=villages, streams=Streams(seed))
    taken = {squeeze(name) for name in names}
    for code, name, wrong in zip(villages["village_code"], names, written, strict=True):
        if code not in kinds:
            assert wrong == name.upper()
        elif kinds[code] is FaultKind.NAME_SPACED:
            assert wrong != name.upper()
            assert squeeze(wrong) == squeeze(name)
        else:
            assert squeeze(wrong) not in taken
            assert abs(len(wrong) - len(name)) == 1


def test_the_demo_s_register_gets_both_kinds() -> None:
    villages = pd.DataFrame(
        {"village_code": [str(place) for place in range(400)], "village_name": ["Karang Jati", "Sumberejo"] * 200}
    )
    _, kinds = write_names(villages=villages, streams=Streams(1))
    assert set(kinds.values()) == {FaultKind.NAME_MISSPELT, FaultKind.NAME_SPACED}
    assert 10 < len(kinds) < 45
