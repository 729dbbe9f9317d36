"""Whom to tell about a referral, and in which order: the recipients of an inbox as people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from form_server.ledger import Recipient
from outreach_kit.promise import Rung


@dataclass(frozen=True)
class Chain:
    """Each person with their channels, in the order in which they are told; never an empty person.

    What belongs to no user (a webhook, an address of the whole desk) goes with the first person.
    """

    people: tuple[tuple[Recipient, ...], ...]

    @classmethod
    def of(cls, recipients: Sequence[Recipient]) -> Chain:
        """By position."""
        people: dict[str | None, tuple[Recipient, ...]] = {}
        in_order = sorted(recipients, key=lambda one: one.position)
        first = in_order[0].user_id if in_order else None
        for one in in_order:
            who = first if one.user_id is None else one.user_id
            people[who] = (*people.get(who, ()), one)
        return cls(tuple(people.values()))

    @property
    def first(self) -> tuple[Recipient, ...]:
        """The channels of who is told at once; empty when nobody is."""
        return self.people[0] if self.people else ()

    @property
    def everybody(self) -> tuple[Recipient, ...]:
        return tuple(one for person in self.people for one in person)

    def covered_by(self, user_id: str, cover: tuple[Recipient, ...]) -> Chain:
        """The same with a cover in front and who is away at the end.

        `cover` is how to reach the cover when no recipient of theirs is there.
        """
        of_cover = [one for one in self.people if one[0].user_id == user_id]
        rest = [one for one in self.people[1:] if one[0].user_id != user_id]
        away = [one for one in self.people[:1] if one[0].user_id != user_id]
        return Chain((*(of_cover or [cover]), *rest, *away))

    def for_rungs(self, taken: Sequence[Rung]) -> tuple[Recipient, ...]:
        """Who hears of it when these rungs are taken together; each of them once.

        Where there is no second channel, the second person is next; where there is no second
        person either, the first one is told on every channel.
        """
        told: list[Recipient] = []
        for rung in taken:
            told += [one for one in self._for_rung(rung) if one not in told]
        return tuple(told)

    def _for_rung(self, rung: Rung) -> tuple[Recipient, ...]:
        match rung:
            case Rung.CHECK:
                return ()
            case Rung.REMIND:
                return self.first[:1]
            case Rung.CHANNEL:
                return self.first[1:]
            case Rung.PERSON:
                return self.people[1] if len(self.people) > 1 else self.first
            case Rung.BROKEN | Rung.REPEAT:
                return self.everybody
