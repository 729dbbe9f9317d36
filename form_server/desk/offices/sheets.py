"""The sheets that can be made for an office: each once, whatever words which office gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from form_server.desk.press_room import PressRoom
from form_server.ledger import NotFound, SourceCard
from form_server.rounds import printed_source
from outreach_kit.paper import Each, SheetJob, Source, Use
from outreach_kit.paper.for_office import plan_office
from outreach_kit.paper.wording import wording_in
from outreach_kit.practice import Practice

_GROUPS: Final = {
    Use.TAKE: "To take along",
    Use.LEAVE: "To leave there",
    Use.MAIL: "To mail",
    Use.SELF: "For yourself",
}
_TALKS: Final = "For a talk"
_ANYBODY: Final = Source("code", "Office")


@dataclass(frozen=True)
class Handout:
    """`name` says which sheet, whose, in which language and on which paper, and no office's words."""

    name: str
    label: str
    group: str


@dataclass(frozen=True)
class Group:
    label: str
    handouts: tuple[Handout, ...]


def list_handouts(room: PressRoom) -> tuple[Group, ...]:
    """All that there are for any office, in the catalogue's order."""
    audiences = ("", *(one.slug for one in room.practice.audiences[1:]))
    found = {
        name_of(job): job
        for audience in audiences
        for job in plan_office(room.practice, _ANYBODY, audience, [room.paper])
    }
    return _group(found.values(), room.practice)


def handouts_of(card: SourceCard, room: PressRoom) -> tuple[Group, ...]:
    """Those of one office."""
    return _group(jobs_of(card, room), room.practice)


def jobs_of(card: SourceCard, room: PressRoom) -> tuple[SheetJob, ...]:
    """All of an office's sheets. Where the practice, or one of its clinicians, has no words for its
    kind, it gets those of the first audience."""
    audience, source = card.facts.audience, printed_source(card)
    found = {name_of(job): job for job in plan_office(room.practice, source, "", [room.paper])}
    if room.practice.audience(audience) is not None:
        own = plan_office(room.practice, source, audience, [room.paper])
        found |= {name_of(job): job for job in own}
    return tuple(found.values())


def job_of(card: SourceCard, name: str, room: PressRoom) -> SheetJob:
    """The one of that name. Raises NotFound."""
    return next(iter(jobs_named([card], name, room)))


def jobs_named(cards: Sequence[SourceCard], name: str, room: PressRoom) -> list[SheetJob]:
    """The same sheet of each office that there is one for, in the order given. Raises NotFound for
    one that none of them has."""
    found = [job for card in cards for job in jobs_of(card, room) if name_of(job) == name]
    if not found:
        raise NotFound("sheet", name)
    return found


def name_of(job: SheetJob) -> str:
    edition = "" if job.sheet.each is Each.AUDIENCE else job.edition
    return replace(job, source=None, edition=edition).filename.removesuffix(".pdf")


def _group(jobs: Iterable[SheetJob], practice: Practice) -> tuple[Group, ...]:
    handouts = [_describe(job, practice) for job in jobs]
    groups = (
        Group(label, tuple(one for one in handouts if one.group == label))
        for label in (*_GROUPS.values(), _TALKS)
    )
    return tuple(group for group in groups if group.handouts)


def _describe(job: SheetJob, practice: Practice) -> Handout:
    parts = [job.sheet.title]
    if job.clinician and practice.is_group:
        parts.append(job.clinician.name)
    is_talk = job.sheet.each is Each.TRAINING
    training = practice.training(job.edition) if is_talk else None
    if training is not None:
        parts.append(training.title)
    if job.language:
        parts.append(wording_in(job.language).own_name)
    group = _TALKS if is_talk else _GROUPS[job.sheet.use]
    return Handout(name_of(job), ": ".join(parts), group)
