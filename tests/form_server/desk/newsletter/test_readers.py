from __future__ import annotations

import html

from form_server.ledger import SourceFacts
from tests.form_server.desk.newsletter.things import BY, only_issue, press, send
from tests.form_server.desk.stage import Stage

READERS = "/desk/newsletter/readers"


def said(desk: Stage, path: str = READERS) -> str:
    return html.unescape(desk.get(path).text)


def test_everybody_is_listed_with_why(mailing: Stage) -> None:
    page = said(mailing)
    assert page.count('class="row slim') == 5
    assert "Gets the next one: agreed Mon, May\u00a04, 2026" in page
    assert "Neither agreed nor met" in page
    assert "no e-mail address" in page
    assert said(mailing, f"{READERS}?which=unmet").count('class="row slim') == 1
    assert said(mailing, f"{READERS}?q=DANA").count('class="row slim') == 1
    send(mailing)
    assert "May be written to again from Sun, Feb\u00a014, 2027" in said(mailing)


def test_somebody_is_taken_off_with_what_waits_for_them(mailing: Stage) -> None:
    send(mailing)
    answer = press(mailing, f"{READERS}/off", address="Dana@alder.example")
    assert "Off the list" in said(mailing, answer.location)
    assert mailing.ledger.mailing_list.is_out("dana@alder.example")
    assert only_issue(mailing).progress.dropped == 1
    assert "Left the list Mon, Nov\u00a016, 2026" in said(mailing)


def test_the_way_back_takes_an_agreement_from_after_they_left(mailing: Stage) -> None:
    person = mailing.ledger.address_book.people(["alder"])["alder"][0].id
    press(mailing, f"{READERS}/off", address="dana@alder.example")
    form = {"source": "alder", "person": person}
    for day, why in (
        ("2026-11-15", "left the list after that day"),
        ("", "Write the day"),
        ("2026-11-18", "not in the future"),
    ):
        refused = press(mailing, f"{READERS}/on", agreed_on=day, **form)
        assert refused.status_code == 422
        assert why in refused.text
        assert f'value="{day}"' in refused.text
    assert mailing.ledger.mailing_list.is_out("dana@alder.example")
    press(mailing, f"{READERS}/on", agreed_on="2026-11-16", **form)
    assert not mailing.ledger.mailing_list.is_out("dana@alder.example")
    (dana,) = mailing.ledger.address_book.people(["alder"])["alder"]
    assert dana.facts.agreed_on is not None
    assert dana.facts.agreed_on.isoformat() == "2026-11-16"


def test_an_office_that_agrees_gets_the_next_one(mailing: Stage) -> None:
    form = {"source": "stranger", "person": "", "agreed_on": "2026-11-02"}
    press(mailing, f"{READERS}/on", **form)
    assert "Gets the next one: agreed Mon, Nov\u00a02, 2026" in said(
        mailing, f"{READERS}?q=stranger"
    )
    assert press(mailing, f"{READERS}/on", **{**form, "source": "nowhere"}).status_code == 404


def test_an_office_shows_who_there_gets_it(mailing: Stage) -> None:
    press(mailing, f"{READERS}/off", address="dana@alder.example")
    panel = said(mailing, "/desk/offices/alder").split('id="newsletter"')[1].split("</section>")[0]
    assert "Dana" in panel
    assert "Left the list Mon, Nov\u00a016, 2026" in panel
    assert "Gets the next one: agreed Mon, May\u00a04, 2026" in panel
    assert said(mailing, f"{READERS}?q=alder+medicine").count('class="row slim') == 2
    assert 'id="newsletter"' not in said(mailing, "/desk/offices/mute")


def test_a_long_list_has_pages_that_keep_what_was_looked_for(mailing: Stage) -> None:
    for number in range(120):
        facts = SourceFacts(f"Office {number:03}", email=f"o{number}@many.example")
        mailing.ledger.address_book.add(f"m{number}", facts, actor=BY)
    first = said(mailing, f"{READERS}?which=unmet&q=many.example")
    assert first.count('class="row slim') == 50
    assert "120 entries" in first
    last = said(mailing, f"{READERS}?which=unmet&q=many.example&page=2")
    assert "Office 119" in last
    assert "which=unmet" in last
    assert "The next 50" not in last
