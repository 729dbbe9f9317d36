"""The words to begin an answer with, and those around it in the mail that carries it."""

from __future__ import annotations

from form_server.desk.questions.case import AskedCase
from form_server.parcels import ReplyParcel
from outreach_kit.outreach.replies import reply_remark
from outreach_kit.web.language import words_in


def draft_answer(case: AskedCase) -> str:
    """A greeting and a name; what is between them only a person knows."""
    words = words_in(case.language)
    _ = words.gettext
    asker = case.asker
    name = asker.name if asker else ""
    hello = _("Dear {name},").format(name=name) if name else _("Hello,")
    signed = case.user.user.name
    number = case.desk.practice().contact.phone.display
    thanks = _("Thank you for asking.")
    bye = _("If anything is unclear, just call: {phone}").format(phone=number)
    return f"{hello}\n\n{thanks}\n\n\n\n{bye}\n\n{signed}"


def answer_subject(case: AskedCase) -> str:
    """Fixed, for screens and logs that others see: nothing of what was asked."""
    words = words_in(case.language)
    return words.gettext("Your question to {practice}").format(practice=case.desk.practice().name)


def answer_parcel(case: AskedCase, words: str) -> ReplyParcel:
    practice = case.desk.practice()
    return ReplyParcel(
        practice_name=practice.name,
        subject=answer_subject(case),
        words=words,
        remark=reply_remark(practice.contact.phone.display, case.language),
        language=case.language,
    )
