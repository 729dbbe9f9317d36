"""A desk with a mail server, and an address book of which some may be written to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from form_server.desk.console import Handling, place_desk
from form_server.ledger import Ledger, PersonFacts, SourceFacts
from tests.form_server.desk.newsletter.things import AGREED_ON, BY
from tests.form_server.desk.stage import Stage


@pytest.fixture
def mailing(desk: Stage) -> Stage:
    """Three may be written to today, of whom one is at a school; two may not."""
    fill_book(desk.ledger)
    handling = Handling(mail_server="smtp.example.org", newsletters_a_day=2)
    desk.desk = replace(desk.desk, handling=handling)
    place_desk(desk.app, desk.desk)
    return desk


def fill_book(ledger: Ledger) -> None:
    book = ledger.address_book
    alder = SourceFacts("Alder Medicine", email="desk@alder.example", agreed_on=AGREED_ON)
    book.add("alder", alder, actor=BY)
    book.add_person("alder", PersonFacts("Dana", email="dana@alder.example"), actor=BY)
    school = replace(alder, name="Middle School", email="desk@school.example", audience="schools")
    book.add("school", school, actor=BY)
    book.add("stranger", SourceFacts("Stranger’s", email="desk@stranger.example"), actor=BY)
    book.add("mute", SourceFacts("No Mail", agreed_on=AGREED_ON), actor=BY)
