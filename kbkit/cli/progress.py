"""How far a batch is: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kbkit.cli.screen import Screen
from kbkit.run import RegencyOutcome, describe_ending
from kbkit.text import Style


@contextmanager
def batch_progress(screen: Screen, *, total: int) -> Iterator[Callable[[RegencyOutcome], None]]:
    """Yield a function that reports each outcome: one line a regency, above a bar where there is a terminal."""
    done = 0

    def report(outcome: RegencyOutcome) -> None:
        nonlocal done
        done += 1
        screen.line(_line(screen, outcome, done=done, total=total))
        if outcome.ending.outcome != "rendered":
            for text in describe_ending(outcome.ending, language=screen.language)[1:]:
                screen.line(f"    {text}")
        if bar is not None:
            bar.advance(task)

    if not screen.output.is_terminal:
        bar = None
        yield report
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen.output, transient=True) as bar:
        task = bar.add_task(screen.catalogue.say("cli.reporting"), total=total)
        yield report


def _line(screen: Screen, outcome: RegencyOutcome, *, done: int, total: int) -> str:
    return screen.catalogue.say(
        "cli.regency_done",
        done=str(done),
        total=str(total),
        code=outcome.code,
        name=outcome.name,
        outcome=screen.catalogue.say(f"run.{outcome.ending.outcome}"),
        seconds=Style(screen.language).decimal(outcome.seconds, 1),
    )
