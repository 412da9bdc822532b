"""The commands of kbkit."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

import typer

from kbkit.cli.check import add_check
from kbkit.cli.demo import add_demo
from kbkit.cli.help_words import command_classes, set_panel_titles
from kbkit.cli.language import find_language
from kbkit.cli.map import add_map
from kbkit.cli.prepare import add_prepare
from kbkit.cli.rakor import add_rakor
from kbkit.cli.review import add_review
from kbkit.cli.run import add_run
from kbkit.cli.screen import INTERRUPTED, UNUSABLE, Screen
from kbkit.cli.simulate import add_simulate
from kbkit.cli.template import add_template
from kbkit.cli.usage import describe_usage_error
from kbkit.cli.why import add_why
from kbkit.text import Language


def build_app(language: Language) -> typer.Typer:
    """Return the command line in one language."""
    screen = Screen(language)
    set_panel_titles(screen.catalogue)
    _command, group = command_classes(screen.catalogue)
    app = typer.Typer(
        name="kbkit",
        cls=group,
        help=screen.catalogue.say("cli.help", version=version("kbkit")),
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    for add in (
        add_demo,
        add_map,
        add_prepare,
        add_review,
        add_template,
        add_rakor,
        add_check,
        add_run,
        add_why,
        add_simulate,
    ):
        add(app, screen)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 some regencies failed, 2 it cannot be used."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = find_language(given, os.environ)
    app = build_app(language)
    try:
        code = app(given or ["--help"], prog_name="kbkit", standalone_mode=False)
    except typer.TyperException as error:
        screen = Screen(language)
        screen.errors.print(describe_usage_error(error, language=language))
        return UNUSABLE
    except typer.Abort:
        return UNUSABLE
    if code == INTERRUPTED:
        Screen(language).errors.print(Screen(language).catalogue.say("cli.interrupted"))
    return code if isinstance(code, int) else 0
