"""The fields of the referral form as rows: what is asked, how, and what an office is told about it.

Field names are those that the form server reads. What is never asked is not here on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from outreach_kit.practice import Practice
from outreach_kit.practice.model import OTHER_REASON
from outreach_kit.web.language import Words
from outreach_kit.web.questions import Field, FieldGroup, FieldMaker

NOTE_MAX_CHARS: Final = 300
AGE_BANDS: Final = ("child", "teen", "adult", "older")
TIMINGS: Final = ("routine", "soon")
REPORT_BACKS: Final = ("none", "email", "phone", "fax")
HONEYPOT: Final = "website"
"""A field that people do not see; a submission that fills it looks like a machine's."""

MOST_NAMES: Final = 60
"""A list of more clinicians than this is no list that one chooses from."""


def ask_who(make: FieldMaker, words: Words, *, required: bool) -> tuple[Field, Field]:
    """The name of whoever sends a form from an office, and the office's."""
    _ = words.gettext
    no_name = _("Tell us your name, so that we know whom to ask for.")
    no_office = _("Tell us which office you write from.")
    return (
        make.text(
            "referrer_name", _("Your name"), is_name=True, autocomplete="name",
            missing=no_name if required else "",
        ),
        make.text(
            "referrer_office", _("Your office or organization"), is_name=True,
            autocomplete="organization", missing=no_office if required else "",
        ),
    )  # fmt: skip


def ask_office(
    make: FieldMaker,
    practice: Practice,
    words: Words,
    known_office: bool,
    times: Sequence[Field] = (),
) -> tuple[FieldGroup, ...]:
    """What the office must answer; its own part may stay empty when its code says who it is.

    `times` is the choice of a first call, where it belongs.
    """
    _ = words.gettext

    no_number = _("Give a number at which we can reach your office.")
    you = FieldGroup(
        "you",
        _("You"),
        (
            *ask_who(make, words, required=not known_office),
            make.phone(
                "referrer_phone", _("Your callback number"), words, autocomplete="tel",
                missing="" if known_office else no_number,
            ),
        ),
    )  # fmt: skip
    patient = FieldGroup(
        "patient",
        _("Your patient"),
        (
            make.text(
                "patient_name", _("Patient’s name"), is_name=True,
                missing=_("Give the name that the patient goes by."),
            ),
            make.phone(
                "patient_phone", _("Patient’s phone"), words,
                missing=_("Give the number at which we can call the patient."),
            ),
            *_which_clinician(make, practice, words),
        ),
    )  # fmt: skip
    why = FieldGroup(
        "why",
        _("The reason"),
        (
            make.choice(
                "reasons", _("What brings them?"),
                _reasons(practice, words),
                kind="ticks", hint=_("Tick all that fit."),
                missing=_("Tick at least one reason; “Something else” is fine."),
            ),
            make.tick(
                "patient_agreed", _("The patient agreed that we may contact them"),
                missing=_("Please ask the patient first, then tick this."),
            ),
            *times,
        ),
    )  # fmt: skip
    return you, patient, why


def _reasons(practice: Practice, words: Words) -> Iterator[tuple[str, str]]:
    """The practice's own words for each; what is none of them is ours to name."""
    for reason in practice.reasons:
        own = reason.slug != OTHER_REASON.slug
        yield reason.slug, reason.label if own else words.gettext("Something else")


def _which_clinician(make: FieldMaker, practice: Practice, words: Words) -> tuple[Field, ...]:
    if not practice.is_group:
        return ()
    _ = words.gettext
    whoever = ("", _("Whoever fits best"))
    if not (names := names_to_choose(make, practice)):
        return ()
    return (make.choice("clinician", _("For whom?"), (whoever, *names), kind="select"),)


def names_to_choose(make: FieldMaker, practice: Practice) -> tuple[tuple[str, str], ...]:
    """Slug and name of everybody; in a large group of whom the link was made for, if anybody."""
    asked = make.chosen("clinician")
    return tuple(
        (one.slug, one.name_and_credentials)
        for one in practice.clinicians
        if names_everybody(practice) or one.slug in asked
    )


def names_everybody(practice: Practice) -> bool:
    return len(practice.clinicians) <= MOST_NAMES


def ask_more(
    make: FieldMaker, practice: Practice, words: Words, known_office: bool
) -> tuple[FieldGroup, ...]:
    """What may help and is never required."""
    _ = words.gettext
    del known_office
    reaching = FieldGroup(
        "reaching",
        _("Reaching the patient"),
        (
            make.tick("voicemail_ok", _("We may leave a voicemail")),
            make.tick("text_ok", _("We may send a text message")),
            make.text("best_time", _("Best time to call"), hint=_("For example: after 4 PM")),
            make.text(
                "guardian_name", _("Parent or guardian"), is_name=True,
                hint=_("If the patient is under 18"),
            ),
            make.text(
                "language", _("Language they prefer"), max_length=60,
                suggestions=language_names(practice, words),
            ),
            make.email("patient_email", _("Patient’s e-mail"), words),
        ),
    )  # fmt: skip
    about = FieldGroup(
        "about",
        _("About the referral"),
        (
            make.choice("timing", _("How soon?"), _timings(words)),
            make.choice("age_band", _("Age"), _age_bands(words)),
            make.text(
                "plan", _("Insurance plan"), suggestions=practice.insurance.plans,
                hint=_("The name only, never a member number"),
            ),
            make.text(
                "note", _("A note"), kind="note", max_length=NOTE_MAX_CHARS,
                hint=_("At most 300 characters, and no diagnosis, please"),
            ),
        ),
    )  # fmt: skip
    back = FieldGroup(
        "back",
        _("Hearing back"),
        (
            make.choice(
                "report_back", _("How may we report back?"), _report_backs(words),
                hint=_("For e-mail or fax, tell us below where to."),
            ),
            make.email("referrer_email", _("Your e-mail"), words, autocomplete="email"),
            make.phone("referrer_fax", _("Your fax"), words, autocomplete="fax tel"),
            make.text(
                "referrer_role", _("Your role"), autocomplete="organization-title",
                hint=_("For example: front desk, nurse, physician"),
            ),
            make.tick(
                "attendance_consent",
                _("The patient agreed that you may learn whether they came"),
            ),
        ),
    )  # fmt: skip
    return reaching, about, back


def language_names(practice: Practice, words: Words) -> tuple[str, ...]:
    """The languages that anybody here speaks, each once."""
    tags = dict.fromkeys(tag for one in practice.clinicians for tag in one.facts.languages)
    return tuple(words.language_name(tag) for tag in tags)


def _timings(words: Words) -> tuple[tuple[str, str], ...]:
    _ = words.gettext
    texts = (_("Routine"), _("Soon, please"))
    return tuple(zip(TIMINGS, texts, strict=True))


def _age_bands(words: Words) -> tuple[tuple[str, str], ...]:
    _ = words.gettext
    texts = (_("Under 13"), _("13 to 17"), _("18 to 64"), _("65 or older"))
    return tuple(zip(AGE_BANDS, texts, strict=True))


def _report_backs(words: Words) -> tuple[tuple[str, str], ...]:
    _ = words.gettext
    texts = (_("No need"), _("E-mail"), _("Phone"), _("Fax"))
    return tuple(zip(REPORT_BACKS, texts, strict=True))
