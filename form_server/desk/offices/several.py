"""What is done for several offices at once: a sheet of each in one file, labels, an archive, a table."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Response, request, url_for

from form_server.contacts import table_of
from form_server.desk.console import Desk, the_desk
from form_server.desk.copies.handing import file_name
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.offices.handouts import (
    LABELS,
    note_printed,
    press_room,
    print_labels,
    refuse_printing,
    send_archive,
)
from form_server.desk.offices.sheets import Group, jobs_named, jobs_of, list_handouts
from form_server.desk.offices.sifting import read_sifting, sift
from form_server.desk.page import go_to
from form_server.desk.press_room import PressRoom
from form_server.ledger import SourceCard
from form_server.rounds import survey
from form_server.tabular import write_csv
from outreach_kit.errors import HandoffError, UsageError
from outreach_kit.paper.for_office import merge_for_printer

MOST_OFFICES: Final = 200
"""At half a second for a guide on a slow machine, that is as long as anybody waits."""
MOST_LABELS: Final = 600
"""Twenty sheets of them, which take some 120 MB to set."""
_MOST_SKIPPED: Final = 60
EVERYTHING: Final = "all"


@dataclass(frozen=True)
class Several:
    """What can be done with the offices that are ticked, or with all that were found."""

    action: str
    groups: tuple[Group, ...]
    everything: str
    labels: str
    most: int
    most_labels: int


class TooMany(UsageError):
    """More offices than are printed for at once."""

    def __init__(self, count: int, most: int) -> None:
        self.count = count
        self.most = most
        super().__init__(
            f"These are {count:,} offices, and this is printed for {most} at once. Choose a town, a "
            "tier or those that are due."
        )


def find_several(desk: Desk) -> Several:
    return Several(
        url_for("desk.print_for_offices"),
        list_handouts(press_room(desk)),
        EVERYTHING,
        LABELS,
        MOST_OFFICES,
        MOST_LABELS,
    )


def print_for_offices() -> Response:
    """One file for the printer, or an archive; or the same offices as a table."""
    desk = the_desk()
    asked: dict[str, Any] = dict(read_sifting(request.form).asked)
    cards = _chosen(desk, request.form)
    if not cards:
        return go_to(url_for("desk.show_offices", pick=1, done="none-ticked", **asked))
    if request.form.get("do") == "table":
        return send_table(desk, cards)
    try:
        return _print(desk, cards, request.form.get("sheet", ""))
    except HandoffError as error:
        return refuse_printing(error)


def export_offices() -> Response:
    """All of them; notes stay sealed."""
    desk = the_desk()
    return send_table(desk, desk.ledger.address_book.all())


def send_table(desk: Desk, cards: Sequence[SourceCard]) -> Response:
    people = desk.ledger.address_book.people()
    table = write_csv(table_of(cards, people))
    detail = f"count={len(cards)}"
    desk.ledger.audit.note("sources.exported", actor=signed_in().actor, detail=detail)
    return _attach(desk, table.encode("utf-8-sig"), "offices", "csv", "text/csv; charset=utf-8")


def _chosen(desk: Desk, form: Mapping[str, str]) -> list[SourceCard]:
    """By name, each once; of those on the list."""
    if form.get("which") == "found":
        inbox_ids = Keyring.of(desk, signed_in()).inbox_ids
        every = survey(desk.ledger, desk.practice(), inbox_ids, desk.clock()).standings
        found = sift(every, read_sifting(form), desk.ledger.address_book.names_of_people)
        return [one.card for one in found]
    ticked = set(request.form.getlist("code"))
    return [card for card in desk.ledger.address_book.all() if card.code in ticked]


def _print(desk: Desk, cards: list[SourceCard], name: str) -> Response:
    """Raises HandoffError."""
    room, most = press_room(desk), MOST_LABELS if name == LABELS else MOST_OFFICES
    if len(cards) > most:
        raise TooMany(len(cards), most)
    if name == LABELS:
        pdf = print_labels(cards, room, skip=_skipped())
    elif name == EVERYTHING:
        note_printed(desk, name, cards)
        jobs = [job for card in cards for job in jobs_of(card, room)]
        return send_archive(jobs, room, _name(desk, "offices", "zip"))
    else:
        pdf = _merged(cards, name, room)
    note_printed(desk, name, cards)
    return _attach(desk, pdf, f"{name}-offices", "pdf", "application/pdf")


def _merged(cards: Sequence[SourceCard], name: str, room: PressRoom) -> bytes:
    jobs = jobs_named(cards, name, room)
    return merge_for_printer(io.BytesIO(room.print(job)) for job in jobs)


def _skipped() -> int:
    """Places of the first sheet of labels that were used before."""
    text = request.form.get("skip", "").strip()
    return min(int(text), _MOST_SKIPPED) if text.isascii() and text.isdigit() else 0


def _name(desk: Desk, what: str, ending: str) -> str:
    return file_name(what, desk.clock(), desk.practice().time_zone, ending)


def _attach(desk: Desk, body: bytes, what: str, ending: str, kind: str) -> Response:
    disposition = f'attachment; filename="{_name(desk, what, ending)}"'
    return Response(body, headers={"Content-Disposition": disposition}, content_type=kind)
