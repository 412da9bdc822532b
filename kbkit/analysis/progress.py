"""What became of the plan of the last meeting, by agency, at the date of the newest data."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from kbkit.dataset import RegencyData
from kbkit.domain.agencies import AGENCIES
from kbkit.domain.periods import last_day
from kbkit.results.priorities import AgencyProgress, Progress
from kbkit.results.provenance import Timing

TOTAL = ""
"""Name of the line over all agencies."""


def describe_progress(data: RegencyData, *, timing: Timing) -> Progress | None:
    """Describe the lines of the latest meeting's plan; ``None`` without a plan.

    Late is a line that is neither done nor dropped although it was due before the newest data. The date of the data is
    used and not that of the day, so that the same data give the same report.
    """
    as_of = _newest(timing)
    if data.plan.empty or as_of is None:
        return None
    meeting = data.plan["meeting_date"].max()
    lines = data.plan[data.plan["meeting_date"] == meeting]
    order = {name: place for place, name in enumerate(AGENCIES)}
    groups = sorted(lines.groupby("lead_agency"), key=lambda group: (order.get(str(group[0]), len(order)), group[0]))
    return Progress(
        meeting=meeting,
        as_of=as_of,
        agencies=tuple(_count(str(agency), rows, as_of) for agency, rows in groups),
        total=_count(TOTAL, lines, as_of),
    )


def _newest(timing: Timing) -> dt.date | None:
    measured = [last_day(timing.latest_period)] if timing.latest_period else []
    scored = [timing.latest_snapshot] if timing.latest_snapshot else []
    return max([*measured, *scored], default=None)


def _count(agency: str, lines: pd.DataFrame, as_of: dt.date) -> AgencyProgress:
    status = lines["status"].fillna("")
    closed = status.isin(("done", "dropped"))
    late = ~closed & lines["due"].map(lambda due: isinstance(due, dt.date) and due < as_of)
    return AgencyProgress(
        agency=agency,
        planned=len(lines),
        done=int((status == "done").sum()),
        running=int(((status == "running") & ~late).sum()),
        late=int(late.sum()),
        dropped=int((status == "dropped").sum()),
        not_reported=int(((status == "") & ~late).sum()),
        changed=int((lines["changed"] == 1).sum()),
    )
