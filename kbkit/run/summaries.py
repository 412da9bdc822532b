"""What became of a batch, for other programs: JSON, a table, and JUnit XML as CI servers read it.

The files are the same for the same reports, whenever and in how many runs they were made.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as Xml

from kbkit.run.outcomes import Outcome, RegencyOutcome
from kbkit.run.reasons import describe_ending
from kbkit.text import Language

JSON_NAME: Final = "outcomes.json"
CSV_NAME: Final = "outcomes.csv"
JUNIT_NAME: Final = "junit.xml"


def summarise(
    outcomes: Sequence[RegencyOutcome], *, summaries: Sequence[RegencyOutcome], batch: str, language: Language
) -> dict[str, str]:
    """Return the texts of the files by name.

    Args:
        outcomes: of the regencies, in the order of the parameters.
        summaries: of the summaries over them.
        batch: name of the batch.
        language: of the words.
    """
    everything = [*outcomes, *summaries]
    records = {
        "regencies": [outcome.as_dict() for outcome in outcomes],
        "summaries": [outcome.as_dict() for outcome in summaries],
    }
    return {
        JSON_NAME: json.dumps(records, ensure_ascii=False, indent=2) + "\n",
        CSV_NAME: _table(everything, language=language),
        JUNIT_NAME: _junit(everything, batch=batch, language=language),
    }


def _table(outcomes: Sequence[RegencyOutcome], *, language: Language) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(["code", "name", "outcome", "failed", "cell", "reason"])
    for outcome in outcomes:
        ending = outcome.ending
        writer.writerow(
            [
                outcome.code,
                outcome.name,
                ending.outcome.value,
                int(outcome.is_failure),
                "" if ending.cell is None else ending.cell,
                _reason(outcome, language),
            ]
        )
    return buffer.getvalue()


def _junit(outcomes: Sequence[RegencyOutcome], *, batch: str, language: Language) -> str:
    failures = sum(outcome.is_failure for outcome in outcomes)
    skipped = sum(outcome.ending.outcome == Outcome.WITHHELD for outcome in outcomes)
    numbers = {"tests": len(outcomes), "failures": failures, "skipped": skipped, "errors": 0}
    suite = Xml.Element("testsuite", {"name": batch} | {name: str(value) for name, value in numbers.items()})
    for outcome in outcomes:
        case = Xml.SubElement(suite, "testcase", {"classname": batch, "name": f"{outcome.code} {outcome.name}"})
        reason = {"message": _printable(_reason(outcome, language))}
        if outcome.is_failure:
            Xml.SubElement(case, "failure", {"type": outcome.ending.outcome.value} | reason)
        elif outcome.ending.outcome == Outcome.WITHHELD:
            Xml.SubElement(case, "skipped", reason)
    root = Xml.Element("testsuites")
    root.append(suite)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _reason(outcome: RegencyOutcome, language: Language) -> str:
    return (
        ""
        if outcome.ending.outcome == Outcome.RENDERED
        else " ".join(describe_ending(outcome.ending, language=language))
    )


def _printable(text: str) -> str:
    """Return text without the signs that XML has no way to write."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
