"""Who works here: names for the ids that the ledger keeps, and who shares an inbox with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from form_server.desk.console import Desk
from form_server.ledger import NotFound, User


@dataclass(frozen=True)
class Crew:
    """`users` may sign in, by id; `openers` are those who open each inbox asked for."""

    users: Mapping[str, User]
    openers: Mapping[str, frozenset[str]]
    me: str

    def others(self, inbox_id: str) -> tuple[User, ...]:
        """Who else opens this inbox, by name."""
        ids = self.openers.get(inbox_id, frozenset()) - {self.me}
        return tuple(sorted((self.users[one] for one in ids & self.users.keys()), key=_by_name))

    def is_shared(self, inbox_id: str) -> bool:
        return bool(self.others(inbox_id))


def find_crew(desk: Desk, me: str, inbox_ids: Sequence[str]) -> Crew:
    users = {one.id: one for one in desk.ledger.people.users()}
    return Crew(users, desk.ledger.inboxes.openers(inbox_ids), me)


def name_of(desk: Desk, user_id: str) -> str:
    """Without credentials, which belong on letters; also of somebody who left."""
    try:
        return short_name(desk.ledger.people.user(user_id))
    except NotFound:
        return "Somebody"


def short_name(user: User) -> str:
    return user.name.split(",")[0].strip()


def works_alone(desk: Desk) -> bool:
    """One user and one inbox: nothing to claim, hand over or assign."""
    return len(desk.ledger.people.users()) < 2 and len(desk.ledger.inboxes.all()) < 2


def _by_name(user: User) -> str:
    return user.name.casefold()
