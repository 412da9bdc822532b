"""``kbkit why``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import Screen
from kbkit.text import Language

if TYPE_CHECKING:
    from kbkit.run import Reasons

_SHOWN: Final = 6
"""Members of a part that a line names."""


def add_why(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(help=screen.catalogue.say("cli.help_why"), cls=make.command)
    def why(
        out: Annotated[Path, make.argument(help_key="out_why", metavar="OUT")],
        code: Annotated[str, make.argument(help_key="code", metavar="CODE")],
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        from kbkit.run import explain_build

        with screen.reporting_errors():
            reasons = explain_build(out, code=code)
        for line in _lines(reasons, screen, code=code):
            screen.line(line)


def _lines(reasons: "Reasons", screen: Screen, *, code: str) -> Iterator[str]:
    say = screen.catalogue.say
    if reasons.none:
        yield say("why.nothing", code=code)
    if not reasons.made:
        yield say("why.never", code=code)
    if reasons.failed is not None:
        yield say("why.failed", outcome=say(f"run.{reasons.failed.ending.outcome}"))
    if reasons.files:
        yield say("why.not_whole", members=_listed(list(reasons.files), screen))
    for part, members in reasons.changes.items():
        # Versions and values speak for themselves; of a hash nobody learns anything.
        valued = part in ("parameters", "packages")
        named = [
            f"{name} {_from(before)} → {_from(now)}" if valued else name for name, (before, now) in members.items()
        ]
        yield say(f"why.{part}", members=_listed(named, screen))


def _from(value: str | None) -> str:
    return "–" if value is None else value


def _listed(names: list[str], screen: Screen) -> str:
    shown = ", ".join(names[:_SHOWN])
    hidden = len(names) - _SHOWN
    return screen.catalogue.say("why.more", members=shown, hidden=str(hidden)) if hidden > 0 else shown
