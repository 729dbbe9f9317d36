"""An office's own sheets: each a tap away, or all of them in an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.offices.archive import pack_sheets
from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.desk.offices.sheets import Handout, handouts_of, job_of, jobs_of
from form_server.desk.press_room import PressRoom
from form_server.desk.replies.letter import pdf_response
from form_server.desk.trouble import show_trouble
from form_server.ledger import SourceCard
from form_server.rounds import label_lines
from outreach_kit.errors import HandoffError
from outreach_kit.paper import SheetJob
from outreach_kit.paper.labels import render_labels
from outreach_kit.paper.private import NotPrintable

LABELS = "labels"


_MOST_NAMED = 5


class LabelsNotPrintable(HandoffError):
    """Labels with characters that no font here has, by the first line of each."""

    def __init__(self, characters: Iterable[str], names: Sequence[str]) -> None:
        self.names = names
        named = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED])
        more = len(names) - _MOST_NAMED
        super().__init__(
            f"No font on this server has {', '.join(sorted(characters))}, so no label was made. It "
            f"stands at {named}{f' and {more} more' if more > 0 else ''}. Leave these out, or write "
            "them otherwise."
        )


Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HandoutsPanel:
    """`groups` are headings, with the addresses and names of sheets; `label` is empty where no
    address is known."""

    groups: tuple[tuple[str, Links], ...]
    label: str
    all: str


def build_handouts(case: OfficeCase) -> HandoutsPanel:
    groups = tuple(
        (group.label, tuple(_link(case.code, one) for one in group.handouts))
        for group in handouts_of(case.card, press_room(case.desk))
    )
    has_address = bool(label_lines(case.card))
    return HandoutsPanel(
        groups,
        url_for("desk.show_office_sheet", code=case.code, name=LABELS) if has_address else "",
        url_for("desk.save_office_sheets", code=case.code),
    )


PANEL = Panel("offices/handouts.html", build_handouts)


def press_room(desk: Desk) -> PressRoom:
    practice = desk.practice()
    return PressRoom(practice, desk.public_url, practice.today(desk.clock()))


def show_office_sheet(code: str, name: str) -> Response:
    """Raises NotFound."""
    desk = the_desk()
    card, room = desk.ledger.address_book.get(code), press_room(desk)
    try:
        if name == LABELS:
            pdf, filename = print_labels([card], room, skip=0), f"{LABELS}-{card.code}.pdf"
        else:
            job = job_of(card, name, room)
            pdf, filename = room.print(job), job.filename
    except HandoffError as error:
        if name != LABELS:
            job_of(card, name, room)  # what is not there stays not there
        return refuse_printing(error)
    note_printed(desk, name, [card])
    return pdf_response(pdf, filename)


def save_office_sheets(code: str) -> Response:
    """Raises NotFound."""
    desk = the_desk()
    card, room = desk.ledger.address_book.get(code), press_room(desk)
    jobs = jobs_of(card, room)
    note_printed(desk, "all", [card])
    return send_archive(jobs, room, f"sheets-{card.code}.zip")


def send_archive(jobs: Iterable[SheetJob], room: PressRoom, name: str) -> Response:
    def made() -> Iterator[tuple[SheetJob, bytes | HandoffError]]:
        for job in jobs:
            try:
                yield job, room.print(job)
            except HandoffError as error:
                yield job, error

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pack_sheets(made()), headers=headers, content_type="application/zip")


def print_labels(cards: Iterable[SourceCard], room: PressRoom, *, skip: int) -> bytes:
    """For those that have an address. Raises NoLabels, LabelsTooLong, LabelsNotPrintable."""
    there = [lines for card in cards if (lines := label_lines(card))]
    try:
        return render_labels(
            room.practice, there, timestamp=room.timestamp, paper=room.paper, skip=skip
        )
    except NotPrintable as error:
        unknown = error.characters
        whose = [lines[0] for lines in there if unknown.intersection("".join(lines))]
        raise LabelsNotPrintable(unknown, whose) from error


def note_printed(desk: Desk, name: str, cards: Iterable[SourceCard]) -> None:
    """By code for one office, as a count for several."""
    codes = [card.code for card in cards]
    detail = f"{name} {codes[0]}" if len(codes) == 1 else f"{name} count={len(codes)}"
    desk.ledger.audit.note("sources.printed", actor=signed_in().actor, detail=detail)


def refuse_printing(error: HandoffError) -> Response:
    return show_trouble(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "That did not print",
        str(error),
        "Go back, mend what is named above, and print again.",
    )


def _link(code: str, handout: Handout) -> tuple[str, str]:
    return url_for("desk.show_office_sheet", code=code, name=handout.name), handout.label
