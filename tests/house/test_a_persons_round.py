"""What people do with three referrals on the real server: one goes on to a colleague and is thanked
for, one is forgotten, and one is taken by two at once."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from tests.browser import PHONE_WIDTH, browser, check, follow, page, press, settle
from tests.house.server_process import PATIENT_MARKERS, REFERRAL, Answer, ServerProcess
from tests.house.test_moved_clock import BEN, MINUTE, NORA, Wall, house, pacific, told
from tests.smtp_faults import Received

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["browser", "house", "page"]

MONDAY_10: Final = pacific(10, 19, 10)
DANA: Final = "dana@lakeside.example"
House = Callable[..., tuple[ServerProcess, Wall]]


def words_of(mail: Received) -> str:
    part = mail.message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def desk_link(notice: Received) -> str:
    found = re.search(r"^http\S+/desk/referrals/\S+", words_of(notice), re.MULTILINE)
    assert found
    return found[0]


def refer(page: Page, origin: str) -> str:
    """As an office does; returns the address of the status page."""
    page.goto(f"{origin}/refer/")
    page.get_by_label("Your name", exact=True).fill("Dana Whitfield")
    page.get_by_label("Your office or organization").fill("Lakeside Family Medicine")
    page.get_by_label("Your callback number").fill("(360) 555-0188")
    page.get_by_label("Patient’s name").fill("Zebulon Quillfeather")
    page.get_by_label("Patient’s phone").fill("360 555 0177")
    page.get_by_label("Something else").check()
    page.get_by_label("The patient agreed that we may contact them").check()
    page.get_by_text("More, if it helps").click()
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("Your e-mail", exact=True).fill(DANA)
    page.get_by_label("The patient agreed that you may learn").check()
    page.get_by_role("button", name="Send the referral").click()
    receipt = page.locator("#receipt")
    receipt.wait_for(state="visible")
    href = receipt.locator("a[href*='/status/']").first.get_attribute("href")
    assert href is not None
    return href


def sign_in(page: Page, words: str) -> None:
    page.get_by_label("Name or e-mail").fill(NORA)
    page.get_by_label("Your six words").fill("apple apple apple apple apple apple")
    press(page, "Sign in")
    assert "do not open the desk" in page.get_by_role("alert").inner_text()
    check(page)
    page.get_by_label("Your six words").fill(words)
    press(page, "Sign in")


def find_a_colleague(page: Page) -> None:
    """Nobody is in the directory yet: one is added on the way, and the way goes on from there."""
    placing = page.locator(".placing")
    follow(placing, "Add a colleague")
    page.get_by_label("Name", exact=True).fill("Iris Okafor")
    press(page, "Save")
    page.get_by_role("heading", name="A colleague for Zebulon").wait_for()
    check(page)
    page.get_by_label("Iris Okafor").check()
    press(page, "I ask whom I ticked")
    press(page, "They said yes")
    press(page, "The patient is with them")


def answer_both(page: Page) -> None:
    press(page, "Close it as placed")
    check(page)
    follow(page, "Write the note to Zebulon")
    assert "Iris Okafor" in page.get_by_label("Read it").input_value()
    press(page, "I said it on the phone")
    page.get_by_role("heading", name="Note to Lakeside Family Medicine").wait_for()
    assert "Now the other note" in page.get_by_role("status").first.inner_text()
    check(page)
    press(page, f"Send it to {DANA}")
    press(page, "Close this referral")
    assert urlsplit(page.url).path == "/desk/"


def test_from_the_office_to_a_colleague_and_a_card_of_thanks(page: Page, house: House) -> None:
    server, wall = house(MONDAY_10)
    origin = f"http://127.0.0.1:{server.port}"
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 844})
    status = refer(page, origin)
    notice, receipt = sorted(wall.mails(2), key=lambda one: one.recipients != (NORA,))
    assert receipt.recipients == (DANA,)
    assert not any(mark in notice.data + receipt.data for mark in PATIENT_MARKERS)

    page.goto(desk_link(notice))
    sign_in(page, server.passphrase)
    page.get_by_role("heading", name="Zebulon Quillfeather").wait_for()
    settle(page)
    call = page.get_by_role("link", name="Call 360 555 0177")
    assert call.get_attribute("href") == "tel:+13605550177"
    assert call.bounding_box()["y"] < 844, "the number shows without scrolling"  # type: ignore[index]
    press(page, "We talked")
    press(page, "Out Somebody else is right")
    find_a_colleague(page)
    answer_both(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Nobody is waiting"
    page.goto(f"{origin}/desk/thanks")
    page.get_by_role("heading", name="Gathering for").wait_for()
    check(page)

    wall.show(MONDAY_10 + 3 * MINUTE)
    (reply,) = wall.mails(1)
    assert reply.recipients == (DANA,)
    assert "Iris Okafor" in words_of(reply)
    assert not any(mark in reply.data for mark in PATIENT_MARKERS)
    page.goto(f"{origin}/desk/")
    assert page.locator(".row, .owed").count() == 0
    check(page)

    page.goto(status)
    said = page.locator("main").inner_text()
    assert "Somebody else fits better, and we helped to find them." in said
    for wrong in ("Zebulon", "Iris Okafor", "will call"):
        assert wrong not in said
    wall.show(MONDAY_10 + timedelta(hours=5))
    assert wall.mails(0) == [], "no reminder, and no second reply"


def spaced(answer: Answer) -> str:
    """A page with plain spaces, where times hold together by others."""
    return re.sub(r"[\u00a0\u202f]", " ", answer.body.decode())


@dataclass
class Person:
    """Somebody at the desk, with a browser of their own that runs no scripts."""

    server: ServerProcess
    name: str
    cookie: str = field(default="", repr=False)

    def sign_in(self, words: str) -> None:
        answer = self.post("/desk/sign-in", {"name": self.name, "passphrase": words})
        assert answer.status == 303, answer.body
        self.cookie = "; ".join(answer.cookies)

    def get(self, path: str) -> str:
        answer = self.server.get(path, {"Cookie": self.cookie})
        assert answer.status == 200, answer.body
        return spaced(answer)

    def form(self, path: str) -> Callable[[str, Mapping[str, str]], Answer]:
        """The page at `path`, looked at: whatever is posted then carries what is hidden in it."""
        found = re.findall(r'name="(csrf_token|attempt_id)" value="([^"]+)"', self.get(path))
        hidden = {name: html.unescape(value) for name, value in found}
        return lambda action, said: self.post(action, {**hidden, **said})

    def post(self, path: str, said: Mapping[str, str]) -> Answer:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.server.port}",
            "Cookie": self.cookie,
        }
        return self.server.request("POST", path, urlencode(said).encode(), headers)


def two_at_the_desk(server: ServerProcess) -> tuple[Person, Person]:
    words = server.home / "words"
    words.write_text(server.passphrase)
    mine = ("--passphrase-file", str(words))
    added = server.run("user", "add", "--name", "Ben Ito", "--email", BEN, *mine).stdout
    bens = re.search(r"^ *((?:[a-z]+ ){5}[a-z]+)$", added, re.MULTILINE)
    assert bens, added
    server.run("recipient", "add", "--address", BEN, "--user", BEN)
    nora, ben = Person(server, NORA), Person(server, BEN)
    nora.sign_in(server.passphrase)
    ben.sign_in(bens[1])
    return nora, ben


def at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    """All of them, from threads that start together; in the order in which they were given."""
    gate, answers = threading.Barrier(len(acts)), dict[int, Answer]()

    def run(number: int) -> None:
        gate.wait(30)
        answers[number] = acts[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    return [answers[number] for number in range(len(acts))]


def test_one_of_two_gets_it_and_what_nobody_takes_goes_to_the_second_person(house: House) -> None:
    server, wall = house(MONDAY_10)
    people = two_at_the_desk(server)
    server.refer({**REFERRAL, "patient_name": "Zebulon Taken"})
    (notice,) = wall.mails(1)
    forgotten = server.refer({**REFERRAL, "patient_name": "Zebulon Forgotten"}).json["receipt"]
    assert told(wall.mails(1)) == [(NORA, "New")]

    case = urlsplit(desk_link(notice)).path
    team = case.replace("/desk/", "/desk/team/")
    forms = [one.form(case) for one in people]
    answers = at_once(*(lambda form=form: form(f"{team}/claim", {}) for form in forms))
    assert sorted(one.status for one in answers) == [303, 409]
    first = 0 if answers[0].status == 303 else 1
    who = ("Nora Ellison", "Ben Ito")[first]
    refused = spaced(answers[1 - first])
    assert f"{who} took it first, at 10 AM. Nothing was changed." in refused
    winner, loser = people[first], people[1 - first]
    assert f"{who} is on it since 10 AM" in loser.get("/desk/")
    held = loser.form(case)(f"{team}/ring", {})
    assert held.headers["Location"].endswith("ring=held#who")
    assert "Two calls in a row unsettle people." in loser.get(
        urlsplit(held.headers["Location"]).path + "?ring=held"
    )
    assert winner.form(case)(f"{team}/ring", {}).headers["Location"].endswith("ring=clear#reach")
    assert winner.form(case)(f"{case}/tries", {"tried": "reached"}).status == 303

    wall.show(MONDAY_10 + timedelta(hours=2, minutes=1))
    (reminder,) = wall.mails(1)
    assert reminder.recipients == (NORA,)
    assert forgotten in str(reminder.message["Subject"])
    wall.show(MONDAY_10 + timedelta(hours=3, minutes=21))
    (escalation,) = wall.mails(1)
    assert escalation.recipients == (BEN,)
    assert forgotten in str(escalation.message["Subject"])
