"""Who reports: tier Dasar of the latest period, villages that entered nothing apart from those that entered something.

The rule gives Dasar to a village that filled in nothing. Such a village "did not report", which is another thing than
"does nothing", and a comparison with Dasar is partly one with silence.
"""

from __future__ import annotations

from kbkit.analysis.children import describe_children
from kbkit.analysis.disclosure import Disclosure, suppress_parts
from kbkit.analysis.rows import Rows
from kbkit.domain.tiers import Tier
from kbkit.results.guards import Reporting


def describe_reporting(panel: Rows, *, disclosure: Disclosure, level: float) -> Reporting | None:
    """Describe the two parts of tier Dasar; ``None`` where one of them is empty.

    Their sum is printed elsewhere: where one part is small both are hidden, and where their sum is hidden both are.

    Args:
        panel: rows of all villages and periods.
        disclosure: what of the latest period is hidden.
        level: coverage of intervals.
    """
    latest = panel.latest()
    lowest = latest.take(latest.tier == Tier.DASAR.score)
    silent = lowest.nothing_entered
    if not silent.any() or silent.all():
        return None
    ranges = disclosure.ranges(panel.names.villages)
    parts = [
        describe_children(lowest.take(chosen), cluster="district", level=level, ranges=ranges)
        for chosen in (silent, ~silent)
    ]
    shown = suppress_parts(parts, hidden=[disclosure.parts] * 2, rule=disclosure.rule)
    return Reporting(nothing_entered=shown[0], entered=shown[1])
