"""A section: blocks of a report as a notebook shows them."""

from __future__ import annotations

from typing import Any

from kbkit.document import MIME_TYPE, Block, dump_blocks
from kbkit.export import render_html
from kbkit.text import Language


class Section:
    """Blocks of a report that a notebook shows; exporters read the blocks, not the HTML."""

    def __init__(self, blocks: tuple[Block, ...], *, language: Language) -> None:
        self.blocks = blocks
        self._language = language

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        html = render_html(self.blocks, language=self._language)
        return {MIME_TYPE: dump_blocks(self.blocks), "text/html": html, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.blocks)} blocks>"
