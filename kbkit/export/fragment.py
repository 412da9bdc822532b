"""What a displayed object shows in JupyterLab: its blocks as a piece of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Template

from kbkit.document import Block
from kbkit.export.links import check_links
from kbkit.export.numbering import Placed
from kbkit.export.templating import fragment_environment
from kbkit.export.words import words_of


def render_html(blocks: Sequence[Block], *, language: str = "id") -> str:
    """Return blocks as an HTML fragment for the output of a notebook cell.

    The fragment carries a small style of its own that follows JupyterLab's light or dark theme. Nothing is numbered:
    a number belongs to the whole report, and a cell does not know the others.

    Args:
        blocks: what the cell displays.
        language: of the few words around the blocks ("Sumber", "Catatan").

    Raises:
        RenderError: a link leaves the folder of the reports.
    """
    check_links(blocks)
    placed = tuple(Placed(element=block) for block in blocks)
    return _template().render(parts=placed, words=words_of(language), language=language)


@cache
def _template() -> Template:
    return fragment_environment().get_template("fragment.html.j2")
