"""Sentences of the guards of the comparison: purged tiers, both variants of a score, the unmeasured, controls."""

from __future__ import annotations

from collections.abc import Mapping

from kbkit.results import Undefined
from kbkit.results.association import side_of_zero
from kbkit.results.guards import Circularity, Detection, NegativeControl
from kbkit.results.sensitivity import Sensitivity
from kbkit.text.voice import Voice


def purged_sentence(circularity: Circularity, sensitivity: Sensitivity | None, *, voice: Voice) -> str:
    """What the purged tiers are, and what they show beside the printed one."""
    text = voice.say("association.purged_text", changed=voice.count(circularity.changed_without_contraception))
    shown = {"primary": "primary", "contraception": "without_contraception", "output": "without_output"}
    return _with_result(text, "purged", sensitivity, shown, voice)


def agencies_sentence(circularity: Circularity, sensitivity: Sensitivity | None, *, voice: Voice) -> str:
    """How much the tier, and the difference, depend on whom the application counts among the other sectors."""
    text = voice.say("association.agencies_text", changed=voice.count(circularity.changed_fewest_agencies))
    return _with_result(text, "agencies", sensitivity, {"lowered": "fewest_agencies"}, voice)


def _with_result(text: str, topic: str, sensitivity: Sensitivity | None, shown: Mapping[str, str], voice: Voice) -> str:
    """Return a text with the sentence on what specifications show, by the words that stand for them in it."""
    if sensitivity is None:
        return text
    by_name = {item.name: item.difference for item in sensitivity.specifications}
    words = {key: voice.difference(by_name[name]) for key, name in shown.items()}
    words |= {f"{key}_interval": voice.difference_interval(by_name[name]) for key, name in shown.items()}
    return f"{text} {voice.say(f'association.{topic}_result', **words)}"


def overturning_sentence(detection: Detection, *, voice: Voice) -> str:
    """What the unmeasured children of the highest tier would have to be like; why not where that is not known."""
    value, tier = detection.overturning, detection.tiers[-1].tier
    if isinstance(value, Undefined):
        return voice.reason(value)
    words = {"tier": voice.tier(tier), "unmeasured": voice.style.percent(1 - value.coverage)}
    if value.to_limit == 0:
        return voice.say("association.overturn_unclear", shift=_size(0.1 * (1 - value.coverage), voice), **words)
    words |= {
        "direction": voice.say("association.higher" if value.needed > 0 else "association.lower"),
        "limit": _size(value.to_limit, voice),
    }
    if not value.possible:
        extreme = voice.style.percent(1.0 if value.needed > 0 else 0.0, 0)
        return voice.say("association.overturn_clear_impossible", extreme=extreme, **words)
    would = voice.style.percent(value.prevalence + value.needed)
    return voice.say("association.overturn_clear", needed=_size(value.needed, voice), would=would, **words)


def _size(value: float, voice: Voice) -> str:
    return voice.style.decimal(100 * abs(value), 1)


def control_sentence(control: NegativeControl, *, voice: Voice) -> str:
    """What a negative control shows, and whether it should."""
    if isinstance(control.difference, Undefined):
        return voice.reason(control.difference)
    shown = "shown" if side_of_zero(control.difference) in ("lower", "higher") else "null"
    return voice.say(
        f"association.control_{control.role}_{shown}",
        indicator=control.indicator,
        difference=voice.difference(control.difference),
        interval=voice.difference_interval(control.difference),
        villages=voice.count(control.villages),
    )
