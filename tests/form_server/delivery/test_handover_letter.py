from __future__ import annotations

from form_server.delivery.letters import letter_about
from tests.form_server.delivery.things import a_notice


def test_who_is_given_a_referral_hears_by_whom_and_until_when_and_nothing_of_it() -> None:
    notice = a_notice(handed_by="Maria Santos", office_name="Alder Falls Clinic")
    letter = letter_about(notice, whole=False)
    assert letter.heading == "Maria Santos gave you a referral"
    assert letter.subject.startswith(f"Handed to you: referral {notice.receipt}: answer by ")
    assert "Maria" not in letter.subject
    assert "Alder Falls Clinic" not in repr(letter)


def test_a_promise_that_was_kept_is_not_asked_for_again() -> None:
    letter = letter_about(a_notice(handed_by="Maria Santos", is_answered=True), whole=False)
    assert "answer by" not in repr(letter).lower()
    assert letter.preview == "The first call was made before."
