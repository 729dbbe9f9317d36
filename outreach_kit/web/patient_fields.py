"""The fields of the patient's own form: few, and in words that anybody reads with ease."""

from __future__ import annotations

from collections.abc import Sequence

from outreach_kit.practice import Practice
from outreach_kit.web.fields import NOTE_MAX_CHARS, language_names, names_to_choose
from outreach_kit.web.language import Words
from outreach_kit.web.questions import Field, FieldGroup, FieldMaker

REASON_MAX_CHARS = 200


def ask_patient(
    make: FieldMaker, practice: Practice, words: Words, times: Sequence[Field] = ()
) -> tuple[FieldGroup, ...]:
    """What the patient is asked; `times` is the choice of a first call, where it belongs."""
    _ = words.gettext
    you = FieldGroup(
        "you",
        _("You"),
        (
            make.text(
                "patient_name", _("Your name"), is_name=True, missing=_("Tell us your name.")
            ),
            make.phone(
                "patient_phone", _("Your phone number"), words,
                missing=_("Tell us the number to call."),
            ),
            make.text(
                "reasons", _("What would you like help with?"), max_length=REASON_MAX_CHARS,
                hint=_("A few words are enough, like: I cannot sleep."),
                missing=_("Tell us in a few words. “Not sure” is fine."),
            ),
            *_with_whom(make, practice, words),
        ),
    )  # fmt: skip
    reaching = FieldGroup(
        "reaching",
        _("How to reach you"),
        (
            make.tick("voicemail_ok", _("You may leave me a voicemail")),
            make.tick("text_ok", _("You may send me a text message")),
            make.text(
                "best_time", _("When is a good time to call?"),
                hint=_("For example: after 4 PM, or not at work"),
            ),
            *times,
        ),
    )  # fmt: skip
    return you, reaching


def ask_patient_more(make: FieldMaker, practice: Practice, words: Words) -> tuple[FieldGroup, ...]:
    """What may help and is never required."""
    _ = words.gettext
    about = FieldGroup(
        "about",
        _("About you"),
        (
            make.email("patient_email", _("Your e-mail"), words),
            make.text(
                "language", _("The language you like to speak"), max_length=60,
                suggestions=language_names(practice, words),
            ),
            make.text(
                "plan", _("Your insurance plan"), suggestions=practice.insurance.plans,
                hint=_("Just its name. We do not need your member number."),
            ),
            make.text(
                "guardian_name", _("Are you writing for your child?"), is_name=True,
                hint=_("Then give your own name here, and your child’s name above."),
            ),
            make.text(
                "note", _("Anything else we should know"), kind="note",
                max_length=NOTE_MAX_CHARS, hint=_("At most 300 characters"),
            ),
            make.tick(
                "attendance_consent",
                _("You may tell the office that gave me your name that I came"),
                hint=_("If you do not tick this, we tell them nothing."),
            ),
        ),
    )  # fmt: skip
    return (about,)


def _with_whom(make: FieldMaker, practice: Practice, words: Words) -> tuple[Field, ...]:
    if not practice.is_group:
        return ()
    _ = words.gettext
    if not (names := names_to_choose(make, practice)):
        return ()
    whoever = ("", _("Whoever is right for me"))
    return (make.choice("clinician", _("Who should call you?"), (whoever, *names), kind="select"),)
