"""The sheets that can be made for an office: each once, whatever words which office gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """In the catalogue's order."""
    found = {
        name_of(job): _describe(job, room.practice)
        for job in plan_office(room.practice, _ANYBODY, "", [room.paper])
    }
    groups = (
        Group(label, tuple(one for one in found.values() if one.group == label))
        for label in (*_GROUPS.values(), _TALKS)
    )
    return tuple(group for group in groups if group.handouts)


def jobs_of(card: SourceCard, room: PressRoom) -> tuple[SheetJob, ...]:
    """All of an office's sheets. Whom the practice has no words for gets those of its first audience."""
    audience = card.facts.audience
    known = room.practice.audience(audience) is not None
    source = printed_source(card)
    return plan_office(room.practice, source, audience if known else "", [room.paper])


def job_of(card: SourceCard, name: str, room: PressRoom) -> SheetJob:
    """The one of that name. Raises NotFound."""
    for job in jobs_of(card, room):
        if name_of(job) == name:
            return job
    raise NotFound("sheet", name)


def jobs_named(cards: Sequence[SourceCard], name: str, room: PressRoom) -> Iterator[SheetJob]:
    """The same sheet of each office, in the order given. Raises NotFound."""
    for card in cards:
        yield job_of(card, name, room)


def name_of(job: SheetJob) -> str:
    edition = "" if job.sheet.each is Each.AUDIENCE else job.edition
    return replace(job, source=None, edition=edition).filename.removesuffix(".pdf")


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
