"""Copies, one patient and the privacy pack in a real browser, at both widths, and on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pytest

from form_server.ledger import Attempt, AttemptMeans, AttemptResult, Outcome, Referral
from form_server.ledger.amendments import NewAmendment
from form_server.ledger.replies import NewReply, ReplyWay, Whom
from form_server.vault import Binding, PublicKey, seal
from outreach_kit.web import Assets
from tests.browser import (
    DESKTOP_WIDTH,
    PHONE_WIDTH,
    browser,
    check,
    check_by_day_and_night,
    follow,
    page,
    press,
    settle,
)
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.serving import assets, enter, on_a_port
from tests.form_server.desk.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["assets", "browser", "page"]

_PAGES: Final = ("", "/agreements", "/access", "/training", "/map", "/kept", "/breach", "/downtime")
_LETTER: Final = ("8.5in", "11in")
_A4: Final = ("210mm", "297mm")
LONG: Final[dict[str, Any]] = {
    "patient_name": "Oleksandr-Bartholomew Vyshyvanyi-Kowalczyk",
    "referrer_office": "Puget-Sound-Gastroenterology-and-Internal-Medicine-Associates",
    "guardian_name": "Maximiliana Featherstonehaugh-Vyshyvanyi",
    "patient_email": "a-very-long-name-indeed@gastroenterology-associates.example",
    "note": "Three ER visits this fall, all clear. " * 8,
}


@pytest.fixture
def served(founded: Founded, assets: Assets, tmp_path: Path) -> Iterator[Stage]:
    with on_a_port(founded, assets, tmp_path, "127.0.0.1") as stage:
        yield stage


def receive_much(stage: Stage) -> Referral:
    """As much as a referral can say, tried more often than the paper has lines for."""
    referral = stage.receive(**LONG)
    for _ in range(12):
        stage.clock.advance(minutes=7)
        stage.ledger.steps.record_attempt(
            Attempt(
                stage.ledger.new_id(), referral.id, stage.founding.user_id, stage.clock(),
                AttemptMeans.CALL, AttemptResult.NO_ANSWER,
            )
        )  # fmt: skip
    answer_and_correct(stage, referral)
    return referral


def answer_and_correct(stage: Stage, referral: Referral) -> None:
    """Long words, as often as a page has to leave some of them out."""
    key = stage.ledger.inboxes.active_key(referral.inbox_id)
    public = PublicKey.from_bytes(key.public_key)

    def sealed(part: str) -> bytes:
        practice = stage.ledger.meta.instance_id()
        about = Binding(practice, referral.id, referral.inbox_id, key.version, part)
        return seal(b"Long words that fill the paper to its last line. " * 40, public, about)

    user, about = stage.founding.user_id, stage.ledger.referrals.get(referral.id)
    for _ in range(5):
        one, other = stage.ledger.new_id(), stage.ledger.new_id()
        amendment = NewAmendment(one, referral.id, user, sealed(f"amendment:{one}"))
        stage.ledger.amendments.add(amendment, about)
        stage.ledger.replies.record(
            NewReply(
                other, referral.id, user, stage.clock(), Whom.SOURCE, Outcome.WITHDRAWN,
                ReplyWay.PHONE, sealed(f"reply:{other}"),
            )
        )  # fmt: skip


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_a_patient_is_found_read_corrected_copied_and_erased(
    page: Page, served: Stage, width: int
) -> None:
    referral = receive_much(served)
    served.receive(patient_name="Alex Quill", patient_phone="(206) 555-0100")
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, served, "/desk/privacy")
    check(page)
    follow(page, "Find a patient")
    check(page)
    page.get_by_label("Name or number").fill("vyshyvanyi")
    press(page, "Find")
    assert "All that you may open was looked through" in page.get_by_role("status").inner_text()
    check(page)
    press(page, "Everything about the ticked")
    assert page.get_by_role("heading", level=1).inner_text() == LONG["patient_name"]
    page.get_by_text("Add a correction").click()
    check(page)
    page.get_by_label("What is right instead").fill("Spelt Oleksander")
    press(page, "Add it")
    assert "stands beside" in page.get_by_role("status").inner_text()
    page.get_by_text("Spelt Oleksander").wait_for()
    assert "(cut" not in page.content()

    with page.expect_download() as got:
        page.get_by_role("button", name="Copy as JSON").click()
    assert got.value.suggested_filename == f"patient-2026-11-16-{referral.id[-6:]}.json"

    follow(page, "Erase this patient for good")
    check(page)
    page.get_by_label("The patient asked for it").check()
    page.get_by_label("Type “erase”").fill("erase")
    page.get_by_label("Your six words, once more").fill(served.founding.passphrase)
    press(page, "Erase for good")
    assert "Erased for good" in page.get_by_role("status").inner_text()
    assert page.goto(f"{served.origin}/desk/referrals/{referral.id}").status == 404  # type: ignore[union-attr]


@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_the_pack_is_readable_by_everybody(page: Page, served: Stage, width: int) -> None:
    referral = served.receive(**LONG)
    page.set_viewport_size({"width": width, "height": 844})
    enter(page, served, f"/desk/referrals/{referral.id}")
    follow(page, "Take a copy")
    check(page)
    page.goto(f"{served.origin}/desk/privacy/agreements")
    page.get_by_label("With whom").fill("A-Mail-Provider-With-A-Very-Long-Name-Incorporated-LLC")
    page.get_by_label("What they do for you").select_option("mail")
    page.get_by_label("Signed on").fill("2026-11-02")
    page.get_by_label("Holds until").fill("2026-12-01")
    page.get_by_label("Who signed for the practice").fill("Nora Ellison")
    press(page, "Record it")
    assert "Recorded." in page.get_by_role("status").inner_text()
    for path in (*(f"/desk/privacy{one}" for one in _PAGES), "/desk/copies"):
        page.goto(served.origin + path)
        check_by_day_and_night(page)


def test_everything_is_taken_with_the_six_words(page: Page, served: Stage) -> None:
    served.receive()
    enter(page, served, "/desk/copies")
    page.get_by_label("All referrals that you may open (1)").check()
    press(page, "Take the file")
    assert "Type your six words" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("All referrals that you may open (1)").is_checked()
    check(page)
    page.get_by_label("Your six words, once more").fill(served.founding.passphrase)
    with page.expect_download() as got:
        page.get_by_role("button", name="Take the file").click()
    assert "Maria Delgado" in Path(got.value.path()).read_text("utf-8-sig")
    assert got.value.suggested_filename == "referrals-2026-11-16.csv"


@pytest.mark.parametrize("paper", [_LETTER, _A4], ids=["letter", "a4"])
def test_a_referral_is_one_page_of_paper_and_says_what_it_is(
    page: Page, served: Stage, paper: tuple[str, str]
) -> None:
    referral = receive_much(served)
    enter(page, served, f"/desk/referrals/{referral.id}/copy")
    press(page, "Print it on a page")
    page.get_by_role("heading", name="Ready to print").wait_for()
    check(page)

    sheets = read_pdf(page.pdf(width=paper[0], height=paper[1]))

    assert len(sheets) == 1
    assert "Confidential health information" in sheets[0]
    assert LONG["patient_name"] in sheets[0]
    assert "And 7 earlier tries" in sheets[0]
    assert sheets[0].count("(cut)") == 4
    assert "does not open" not in sheets[0]
    for chrome in ("Sign out", "Ready to print", "Inbox"):
        assert chrome not in sheets[0]


def test_leaflets_fit_their_paper(page: Page, served: Stage) -> None:
    enter(page, served)
    for path, most in (("kept", 1), ("breach", 1), ("downtime", 2)):
        page.goto(f"{served.origin}/desk/privacy/{path}")
        settle(page)
        sheets = read_pdf(page.pdf(width=_LETTER[0], height=_LETTER[1]))
        assert len(sheets) == most, path
        assert all(sheet.strip() for sheet in sheets)
    assert "Referral on paper" in sheets[1]
    assert "Referral on paper" not in sheets[0]


def read_pdf(raw: bytes) -> list[str]:
    """The text of each page, its lines joined."""
    document = pypdfium2.PdfDocument(io.BytesIO(raw))
    texts = (sheet.get_textpage().get_text_bounded() for sheet in document)
    return [" ".join(text.split()) for text in texts]
