"""`handouts`: the sheets of one office, of several or of all, each with its own code in the QR."""

from __future__ import annotations

from pathlib import Path

import click

from form_server.commands.asking import opened
from form_server.ledger import Ledger, SourceCard
from form_server.rounds import ordered_source
from outreach_kit.errors import UsageError
from outreach_kit.publish.building import build
from outreach_kit.publish.offices import FOLDER
from outreach_kit.publish.request import PAPERS, BuildRequest


@click.command(name="handouts", help="Print the sheets of one office, of several or of all.")
@click.argument("codes", metavar="CODE...", nargs=-1)
@click.option("--all", "everybody", is_flag=True, help="Every office on the list that is visited.")
@click.option("--sheet", default="", help="One sheet only, like guide; all of them else.")
@click.option(
    "--paper", type=click.Choice(PAPERS), default=PAPERS[0], show_default=True, help="The paper."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Beside which folder to put them.",
)
def command(
    codes: tuple[str, ...], sheet: str, paper: str, out: Path | None, *, everybody: bool
) -> None:
    """Several offices' sheets come in one file for the printer each, and in an archive."""
    with opened() as (settings, ledger):
        cards = _choose(ledger, codes, everybody=everybody)
    request = BuildRequest(
        practice=settings.practice,
        out=out or settings.site,
        cache=settings.var / "cache" / "build",
        only=sheet,
        papers=(paper,),
        sources=tuple(ordered_source(card) for card in cards),
        form_url=settings.url,
    )
    build(request, quiet=False)
    click.echo(f"{len(cards)} office{'' if len(cards) == 1 else 's'}: {request.prints / FOLDER}")


def _choose(ledger: Ledger, codes: tuple[str, ...], *, everybody: bool) -> list[SourceCard]:
    """Each once, in the order given. Raises NotFound, UsageError."""
    if everybody == bool(codes):
        raise UsageError("Name the codes of some offices, or say --all.")
    if everybody:
        cards = [card for card in ledger.address_book.all() if card.wants_visits]
    else:
        cards = [ledger.address_book.get(code) for code in codes]
    if not cards:
        raise UsageError(
            "No office is on the list. Add one: python -m form_server source add CODE NAME"
        )
    return list({card.code: card for card in cards}.values())
