"""``index.html``: the page from which the reports of a batch are opened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from kbkit.dataset.metadata import DataStatus
from kbkit.parameters import BatchParameters
from kbkit.run.documents import DOCUMENTS
from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.reasons import describe_ending
from kbkit.text import MISSING, Catalogue, Style
from kbkit.text.stamp import stamp

_LINKED = {name: f"run.open_{name.rpartition('.')[2]}" for name in DOCUMENTS.values()} | {
    "rakor.xlsx": "run.open_rakor",
    "notebook.ipynb": "run.open_ipynb",
}
"""File of a regency's folder -> key of the word that links it."""


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One regency in the table of the index."""

    code: str
    name: str
    outcome: str
    title: str
    links: tuple[tuple[str, str], ...]
    prevalence: str
    coverage: str
    comparison: str
    reason: tuple[str, ...]


def render_index(
    parameters: BatchParameters,
    *,
    outcomes: Sequence[RegencyOutcome],
    province: RegencyOutcome | None,
    data_status: DataStatus,
) -> str:
    """Return the page: one line a regency with its documents, its key numbers, or the reason why it has none.

    Args:
        parameters: of the batch.
        outcomes: of the regencies.
        province: of the summary over them, whose documents stand above the table; none where there is none.
        data_status: whether the data are simulated: that, and an internal edition, stand above the page.
    """
    environment = Environment(
        loader=PackageLoader("kbkit.run"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    catalogue = Catalogue(parameters.language)
    return environment.get_template("index.html.j2").render(
        language=parameters.language,
        batch=parameters.batch,
        office=parameters.office,
        stamp=stamp(data_status=data_status, edition=parameters.edition, language=parameters.language),
        say=catalogue.say,
        failed=sum(outcome.is_failure for outcome in outcomes),
        total=len(outcomes),
        province=None if province is None else _line(province, parameters, catalogue),
        lines=[_line(outcome, parameters, catalogue) for outcome in outcomes],
    )


def _line(outcome: RegencyOutcome, parameters: BatchParameters, catalogue: Catalogue) -> _Line:
    summary = _summary(parameters.folder / outcome.code / "findings.json")
    style = Style(parameters.language)
    comparison = summary.get("comparison")
    return _Line(
        code=outcome.code,
        name=outcome.name,
        outcome=outcome.ending.outcome,
        title=catalogue.say(f"run.{outcome.ending.outcome}"),
        links=tuple(
            (f"{outcome.code}/{name}", catalogue.say(word)) for name, word in _LINKED.items() if name in outcome.files
        ),
        prevalence=style.percent(_proportion(summary.get("prevalence"))),
        coverage=style.percent(_proportion(summary.get("coverage"))),
        comparison=catalogue.say(f"run.comparison_{comparison}") if comparison in ("made", "withheld") else MISSING,
        reason=()
        if outcome.ending.outcome == "rendered"
        else describe_ending(outcome.ending, language=parameters.language)[1:],
    )


def _proportion(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _summary(path: Path) -> dict[str, object]:
    """Return the key numbers that the notebook left in the regency's folder; nothing where it left none."""
    try:
        summary = json.loads(path.read_text(encoding="utf-8")).get("summary")
    except (OSError, ValueError, AttributeError):
        return {}
    return summary if isinstance(summary, dict) else {}
