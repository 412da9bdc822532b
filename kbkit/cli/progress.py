"""How far long work is: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from kbkit.cli.screen import Screen
from kbkit.text import Style

if TYPE_CHECKING:  # each of them takes seconds to load, and no command needs both
    from kbkit.prepare import Step
    from kbkit.run import RegencyOutcome


@contextmanager
def batch_progress(screen: Screen, *, total: int) -> Iterator[Callable[[RegencyOutcome], None]]:
    """Yield a function that reports each outcome: one line a regency, above a bar where there is a terminal."""
    from kbkit.run import describe_ending

    done = 0
    with _bar(screen) as bar:
        task = bar.add_task(screen.catalogue.say("cli.reporting"), total=total)

        def report(outcome: RegencyOutcome) -> None:
            nonlocal done
            if not outcome.is_summary:
                done += 1
                bar.advance(task)
            screen.line(_outcome_line(screen, outcome, done=done, total=total))
            if outcome.ending.outcome not in ("rendered", "unchanged"):
                for text in describe_ending(outcome.ending, language=screen.language)[1:]:
                    screen.line(f"    {text}")

        yield report


@contextmanager
def prepare_progress(screen: Screen) -> Iterator[Callable[[Step], None]]:
    """Yield a function that reports each step; into a log only the begin of each stage."""
    with _bar(screen) as bar:
        task = bar.add_task("", total=None)
        begun: list[str] = []

        def report(step: Step) -> None:
            stage = screen.catalogue.say(f"cli.stage_{step.stage}")
            bar.update(task, description=f"{stage} {step.name}", completed=step.done, total=step.total)
            if step.stage not in begun:
                begun.append(step.stage)
                if not screen.output.is_terminal:
                    screen.line(stage)

        yield report


def _bar(screen: Screen) -> Progress:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=screen.output, transient=True, disable=not screen.output.is_terminal)


def _outcome_line(screen: Screen, outcome: RegencyOutcome, *, done: int, total: int) -> str:
    return screen.catalogue.say(
        "cli.summary_done" if outcome.is_summary else "cli.regency_done",
        done=str(done),
        total=str(total),
        code=outcome.code,
        name=outcome.name,
        outcome=screen.catalogue.say(f"run.{outcome.ending.outcome}"),
        seconds=Style(screen.language).decimal(outcome.seconds, 1),
    )
