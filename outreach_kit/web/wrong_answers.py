"""What is said of an answer that cannot be used, by the form's script and by the form server alike."""

from __future__ import annotations

from outreach_kit.web.language import Words


def say_not_phone(words: Words) -> str:
    return words.gettext(
        "This number cannot be dialled. Write it with its area code, like "
        "(360) 555-0142, or with + and the country code."
    )


def say_not_email(words: Words) -> str:
    return words.gettext("This is not an e-mail address. Write it like name@example.org.")
