"""Vector pictures as PNG, for formats that hold no SVG."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from kbkit.errors import RenderError
from kbkit.export.pdf import package_fonts

_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg", width: 170mm)\n'
_DOTS_PER_INCH = 200.0


def draw_png(svg: str, *, name: str) -> bytes:
    """Return an SVG as a PNG, 170 mm wide at 200 dots an inch, its text in the fonts of this package.

    Raises:
        RenderError: it is no SVG.
    """
    with TemporaryDirectory(prefix="kbkit-") as folder:
        Path(folder, "picture.svg").write_text(svg, encoding="utf-8")
        main = Path(folder, "main.typ")
        main.write_text(_PAGE, encoding="utf-8")
        try:
            compiler = typst.Compiler(main, root=folder, font_paths=package_fonts())
            png = compiler.compile(format="png", ppi=_DOTS_PER_INCH)
        except typst.TypstError as error:
            raise RenderError(target=f"figure {name}", diagnostic=error.diagnostic) from error
    assert isinstance(png, bytes)  # a list only for several pages
    return png
