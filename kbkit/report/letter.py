"""The frame of the letter in which an office passes the summary and the plan on."""

from __future__ import annotations

from kbkit.document import Letter
from kbkit.results.findings import Findings
from kbkit.text import Voice


def compose_letter(findings: Findings, *, voice: Voice) -> Letter:
    """Return letterhead, references, opening and closing; what only the office knows stands in square brackets."""
    regency, timing = findings.regency, findings.timing
    say = voice.say
    none = say("report.none")
    snapshot = voice.style.date(timing.latest_snapshot) if timing.latest_snapshot else none
    period = voice.style.period(timing.latest_period) if timing.latest_period else none
    office = findings.office or say("letter.office")
    return Letter(
        head=(say("letter.government", regency=regency.name).upper(), office.upper(), say("letter.address")),
        place_date=say("letter.place_date"),
        references=(
            (say("letter.number_label"), say("letter.number")),
            (say("letter.nature_label"), say("letter.nature")),
            (say("letter.enclosure_label"), say("letter.enclosure")),
            (say("letter.subject_label"), say("letter.subject", regency=regency.name)),
        ),
        recipients=(say("letter.recipient"), say("letter.recipient_at"), say("letter.recipient_place")),
        opening=(say("letter.opening", regency=regency.name, snapshot=snapshot, period=period),),
        closing=(say("letter.closing"),),
        signature=("", say("letter.signatory"), "", "", "", say("letter.signatory_name"), say("letter.signatory_id")),
        copies=(say("letter.copies"), say("letter.copy")),
    )
