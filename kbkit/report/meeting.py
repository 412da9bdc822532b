"""The workbook of the coordination meeting: the draft of the joint plan, to be changed, filled in and sent back."""

from __future__ import annotations

from typing import Final

from kbkit.domain.agencies import AGENCIES
from kbkit.domain.funding import SOURCES
from kbkit.domain.interventions import INTERVENTIONS
from kbkit.domain.plans import draft_mark
from kbkit.domain.problems import PROBLEMS
from kbkit.results.findings import Findings
from kbkit.results.priorities import PlanItem
from kbkit.template import write_template
from kbkit.text import Voice
from kbkit.text.stamp import stamp

FILE_NAME: Final = "rakor.xlsx"


def write_meeting_workbook(findings: Findings, *, voice: Voice) -> bytes:
    """Return the workbook. Without a draft it holds the frame and its drop-downs.

    Names are Indonesian in every language: that is how the reader knows them when the workbook comes back.
    """
    status = findings.provenance.data_status
    return write_template(
        "plan",
        language=voice.language,
        rows=[_row(item, findings.regency.name, voice) for item in findings.priorities.items],
        sheet=voice.say("template.sheet_plan" if status == "actual" else "template.sheet_plan_simulated"),
        agencies=findings.priorities.agencies,
        stamp=stamp(data_status=status, edition=findings.edition, language=voice.language),
    )


def _row(item: PlanItem, regency: str, voice: Voice) -> dict[str, str | int | float | None]:
    action = INTERVENTIONS[item.intervention].name if item.intervention else PROBLEMS[item.problem].task
    only = SOURCES[item.funding[0]].name if len(item.funding) == 1 else None
    return {
        "code_found": item.village_code,
        "regency_found": regency,
        "district_found": item.district_name,
        "village_found": item.village_name,
        "problem": PROBLEMS[item.problem].name,
        "intervention": action,
        "lead_agency": AGENCIES[item.lead_agency].name,
        "funding_source": only,
        "volume": item.volume,
        "indicator": voice.say(f"priorities.{item.problem}_measure"),
        "item": item.key,
        "mark": draft_mark(item.intervention or action, item.lead_agency, item.volume),
    }
