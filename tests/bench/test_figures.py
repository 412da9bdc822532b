"""The default way of drawing draws what the panels draw, or its cost would be of something else."""

from __future__ import annotations

import pytest

from tests.bench.plain_figures import drawn_plainly
from tests.figures.test_canvas import draw


@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_figure_is_drawn_by_axes_as_a_picture_of_its_size() -> None:
    with drawn_plainly() as pictures:
        assert draw() == ""
    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"]
    width = int.from_bytes(pictures[0][16:20], "big")
    assert 500 < width < 800
    assert draw().startswith("<?xml")
