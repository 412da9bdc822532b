"""What ``prepare`` read, matched and refused, on a screen."""

from __future__ import annotations

from typing import Final

from rich.table import Table

from kbkit.cli.screen import Screen
from kbkit.prepare import PrepareReport
from kbkit.review import describe_agreement
from kbkit.text import Style, Voice

_COUNTS: Final = ("files", "read", "kept", "unmatched", "outside", "refused")
_MOST_FAULTS: Final = 20
"""Faults shown one by one. All of them are in the dataset's table of issues."""


def show_account(screen: Screen, report: PrepareReport) -> None:
    """Print the account of a dataset: rows by kind of export, matching, tiers, doubts, and what comes next."""
    style = Style(screen.language)
    screen.table(_rows_by_layout(screen, report, style))
    if report.methods:
        screen.table(_rows_by_method(screen, report, style))
    if report.issues:
        screen.table(_issues(screen, report, style))
    screen.faults(report.faults[:_MOST_FAULTS])
    hidden = len(report.faults) - _MOST_FAULTS
    if hidden > 0:
        screen.say("cli.more_faults", count=hidden, hidden=style.count(hidden))
    if report.tiers_recomputed:
        screen.say(
            "cli.tiers_confirmed",
            confirmed=style.count(report.tiers_confirmed),
            recomputed=style.count(report.tiers_recomputed),
        )
    if report.metadata.profile_scores:
        for sentence in describe_agreement(report.metadata.profile_scores, voice=Voice(screen.language)).sentences:
            screen.line(sentence)
    if report.unmatched:
        screen.say("cli.unmatched_next", dataset=str(report.dataset))
    regencies = len(report.metadata.regencies)
    screen.say("cli.dataset_written", count=regencies, regencies=style.count(regencies), folder=str(report.dataset))
    screen.say("cli.open", path=str(report.quality_page))


def _rows_by_layout(screen: Screen, report: PrepareReport, style: Style) -> Table:
    table = _table(screen, "cli.title_layouts", "cli.column_layout", *(f"cli.column_{name}" for name in _COUNTS))
    for layout in report.layouts:
        counts = (style.count(getattr(layout, name)) for name in _COUNTS)
        table.add_row(screen.catalogue.say(f"ingest.layout_{layout.layout}"), *counts)
    return table


def _rows_by_method(screen: Screen, report: PrepareReport, style: Style) -> Table:
    table = _table(screen, "cli.title_methods", "cli.column_method", "cli.column_rows")
    for method, rows in sorted(report.methods.items(), key=lambda item: -item[1]):
        table.add_row(screen.catalogue.say(f"matching.method_{method}"), style.count(rows))
    return table


def _issues(screen: Screen, report: PrepareReport, style: Style) -> Table:
    table = _table(screen, "cli.title_issues", "cli.column_issue", "cli.column_rows")
    for issue in report.issues:
        severity = screen.catalogue.say(f"cli.severity_{issue.severity}")
        table.add_row(f"{severity}: {screen.catalogue.say(f'{issue.code}_label')}", style.count(issue.rows))
    return table


def _table(screen: Screen, title: str, first: str, *numbers: str) -> Table:
    """Return an empty table: a first column of words, the others of numbers."""
    table = Table(title=screen.catalogue.say(title), title_justify="left", title_style="bold")
    table.add_column(screen.catalogue.say(first))
    for heading in numbers:
        table.add_column(screen.catalogue.say(heading), justify="right")
    return table
