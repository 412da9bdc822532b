"""What is done before the first report: it must run, and leave nothing behind."""

from __future__ import annotations

import matplotlib as mpl

from kbkit.figures.typeface import outline
from kbkit.report.rehearsal import rehearse


def test_a_rehearsal_loads_letters_and_leaves_the_settings_as_they_were() -> None:
    outline.cache_clear()
    with mpl.rc_context({"lines.linewidth": 7.5}):
        before = dict(mpl.rcParams)
        rehearse()
        assert dict(mpl.rcParams) == before
    assert outline.cache_info().currsize > len("abcdefghijklmnopqrstuvwxyz0123456789")
