from __future__ import annotations

from tests.form_server.desk.replies.forms import drafted, redraft, token
from tests.form_server.desk.replies.test_replies import CONSENT
from tests.form_server.desk.stage import Stage
from tests.outreach_kit.paper.reading import text_of


def test_the_letter_is_one_page_with_the_reviewed_words(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    words = drafted(redraft(desk, referral, "source", "scheduled", "fax"))
    form = {"csrf_token": token(desk, referral), "words": words, "large": "yes"}

    answer = desk.post(f"/desk/referrals/{referral.id}/replies/letter", form)

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'inline; filename="letter.pdf"'
    text = text_of(answer.data)
    for words in ("Maria Delgado", "Alder Family Medicine", "Fax (360) 555-0178",
                  "Your patient has an appointment with us.", "calm river"):  # fmt: skip
        assert words in text, words
    assert "reply.letter_made" in desk.actions(referral)


def test_a_letter_of_two_pages_comes_back_with_a_word_why(desk: Stage) -> None:
    referral = desk.receive(flags=CONSENT)
    form = {"csrf_token": token(desk, referral), "words": "A line.\n\n" * 120, "large": "yes"}

    answer = desk.post(f"/desk/referrals/{referral.id}/replies/letter", form)

    assert answer.status_code == 422
    assert "a chart wants one" in answer.text
    assert "reply.letter_made" not in desk.actions(referral)
