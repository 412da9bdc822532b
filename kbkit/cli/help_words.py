"""Help pages in the language of the user, also the words that are typer's own.

typer takes its words from gettext catalogues and ships none; here they are replaced where they stand as values or in
methods that may be overridden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from kbkit.text import Catalogue

if TYPE_CHECKING:
    _Command = TyperCommand
else:
    _Command = object


def set_panel_titles(catalogue: Catalogue) -> None:
    """Title the panels of help pages, for the whole process."""
    rich_utils.OPTIONS_PANEL_TITLE = catalogue.say("cli.options")
    rich_utils.ARGUMENTS_PANEL_TITLE = catalogue.say("cli.arguments")
    rich_utils.COMMANDS_PANEL_TITLE = catalogue.say("cli.commands")
    rich_utils.REQUIRED_LONG_STRING = catalogue.say("cli.required")
    rich_utils.DEFAULT_STRING = catalogue.say("cli.default")


def command_classes(catalogue: Catalogue) -> tuple[type[TyperCommand], type[TyperGroup]]:
    """Return typer's classes for a command and for a group of them, with usage line and ``--help`` in one language."""

    class Worded(_Command):
        def get_help_option(self, ctx: Any) -> Any:
            option = super().get_help_option(ctx)
            if option is not None:
                option.help = catalogue.say("cli.help_help")
            return option

        def format_usage(self, ctx: Any, formatter: Any) -> None:
            pieces = " ".join(self.collect_usage_pieces(ctx))
            formatter.write_usage(ctx.command_path, pieces, prefix=f"{catalogue.say('cli.usage')}: ")

    class Command(Worded, TyperCommand):
        pass

    class Group(Worded, TyperGroup):
        pass

    return Command, Group
