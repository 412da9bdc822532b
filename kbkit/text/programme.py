"""Sentences on the programme: what is there, by which source, and what to supply for what is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kbkit.domain.programmes import ACTIVITY_GROUPS
from kbkit.results.findings import Findings
from kbkit.results.programme import Activities, DataTypesHeld, Funding, Launches, Pokja, Programme, Source
from kbkit.text.voice import Voice


def describe_time(time: str | None, *, voice: Voice) -> str:
    """Say the time of a register; of an interval its end, and honestly where the year or all of it is unknown."""
    if time is None:
        return voice.say("programme.not_dated")
    last = time.rpartition("/")[2]
    year, _, part = last.partition("-")
    if not year.isdigit():
        return voice.say("programme.month_only", month=str(int(part)))
    if part.startswith("Q"):
        return voice.say("programme.quarter", part=part[1:], year=year)
    return voice.style.time(last)


def describe_sources(sources: Iterable[Source], *, voice: Voice) -> str:
    """Name the sources of an exhibit, each once."""
    names = [voice.say(f"programme.presence_source_{source}") for source in dict.fromkeys(sources)]
    return voice.say("tables.source_computed", sources="; ".join(names))


def launch_sentences(findings: Findings, launches: Launches, *, voice: Voice) -> tuple[str, ...]:
    """How far Kampung KB reach by the register, where the portal says otherwise, and why launches were no chance."""
    text = voice.say(
        "programme.launches_text",
        time=describe_time(launches.period, voice=voice),
        villages_with=voice.count(launches.villages_with),
        villages=voice.count(launches.villages),
        kampung_kb=voice.count(launches.kampung_kb),
    )
    date, portal = findings.timing.latest_snapshot, findings.coverage.with_kampung_kb
    if date is None or portal == launches.villages_with:
        return text, voice.say("programme.launches_selection")
    differs = voice.say("programme.launches_portal", date=voice.style.date(date), portal=voice.count(portal))
    return text, differs, voice.say("programme.launches_selection")


def pokja_sentences(pokja: Pokja, *, voice: Voice) -> tuple[str, ...]:
    """Members of the Pokja, and how many records were left out."""
    profiles = voice.say(
        "programme.pokja_profiles" if pokja.nothing_entered else "programme.pokja_profiles_filled",
        date=voice.style.date(pokja.date),
        records=voice.count(pokja.records),
        nothing=voice.count(pokja.nothing_entered),
    )
    text = voice.say(
        "programme.pokja_text",
        with_members=voice.count(pokja.with_members),
        members=voice.count(pokja.members),
        with_trained=voice.count(pokja.with_trained),
        trained=voice.count(pokja.trained),
    )
    if not pokja.excluded:
        return profiles, text
    return profiles, text, voice.say("programme.pokja_excluded", number=voice.count(pokja.excluded))


def type_sentences(types: DataTypesHeld, *, voice: Voice) -> tuple[str, ...]:
    """Types of data that are there for all, some and none of the villages; nothing where only the mean is known."""
    everywhere = [item for item in types.types if item.villages == types.villages]
    somewhere = sorted((item for item in types.types if 0 < item.villages < types.villages), key=lambda i: -i.villages)
    nowhere = merge_names([_type_name(item.name, voice) for item in types.types if not item.villages])
    named = (
        voice.say("programme.types_some_item", name=_type_name(item.name, voice), villages=voice.count(item.villages))
        for item in somewhere
    )
    return tuple(
        sentence
        for there, sentence in (
            (everywhere, voice.say("programme.types_all", number=voice.count(len(everywhere)))),
            (somewhere, voice.say("programme.types_some", names="; ".join(named))),
            (nowhere, voice.say("programme.types_none", names="; ".join(nowhere))),
        )
        if there
    )


def _type_name(name: str, voice: Voice) -> str:
    """Return a type of data in the report's language; one of an office's own list as it wrote it."""
    key = re.sub(r"[^a-z0-9]+", "_", name.lower().replace("+", " plus")).strip("_")
    return voice.named("data_types", key, name)


def merge_names(names: Sequence[str]) -> list[str]:
    """Return names with neighbours that differ in one word alone put into one: ``umur 0-4, 5-9 tahun``."""
    merged: list[list[list[str]]] = []
    for name in names:
        words = [[word] for word in name.split()]
        place = _differing_word(merged[-1], words) if merged else None
        if place is None:
            merged.append(words)
        else:
            merged[-1][place] += words[place]
    return [" ".join(", ".join(word) for word in words) for words in merged]


def _differing_word(before: list[list[str]], words: list[list[str]]) -> int | None:
    """Return the place of the one word in which two names differ, ``None`` where they differ in more or in length."""
    if len(before) != len(words):
        return None
    places = [place for place, (old, new) in enumerate(zip(before, words, strict=True)) if old != new]
    one_word_so_far = all(len(word) == 1 for place, word in enumerate(before) if place not in places)
    return places[0] if len(places) == 1 and one_word_so_far and len(words) > 2 else None


def funding_sentences(funding: Funding, *, voice: Voice) -> tuple[str, ...]:
    """The three states of villages, and the source that reaches most."""
    states = {name: voice.count(getattr(funding, name)) for name in ("funded", "unfunded", "silent")}
    text = voice.say("programme.funding_text", year=str(funding.year), **states)
    if not funding.sources:
        return text, voice.say("programme.funding_none")
    widest = max(funding.sources, key=lambda source: source.villages)
    name = voice.named("funding", f"source_{widest.source}")
    return text, voice.say("programme.funding_main", source=name, villages=voice.count(widest.villages))


def activity_sentences(activities: Activities, *, voice: Voice) -> tuple[str, ...]:
    """What the list holds, of whom it says nothing, and groups without any activity."""
    text = voice.say(
        "programme.groups_text",
        year=str(activities.year),
        interventions=voice.count(activities.total.interventions),
        villages=voice.count(activities.villages),
        silent=voice.count(activities.silent),
    )
    empty = [voice.say(f"programme.group_{group.group}") for group in activities.groups if not group.villages]
    if not empty:
        return (text,)
    return text, voice.say("programme.groups_empty", groups="; ".join(empty))


def absent_parts(programme: Programme, *, voice: Voice) -> tuple[str, ...]:
    """One line on what to supply for every part whose data are absent."""
    found = {presence.name for presence in programme.presences}
    there = {
        "launches": programme.launches is not None,
        "pokja": programme.pokja is not None,
        "groups": not found.isdisjoint(ACTIVITY_GROUPS),
        "memberships": bool(programme.memberships),
        "houses": "data_house" in found,
        "data_types": programme.data_types is not None,
        "funding": programme.funding is not None,
        "activities": programme.activities is not None,
    }
    return tuple(voice.say(f"programme.absent_{part}") for part, is_there in there.items() if not is_there)
