"""What a question is, on whichever form it stands, and how one keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from outreach_kit.frozen import frozen
from outreach_kit.web.language import Words
from outreach_kit.web.wrong_answers import say_not_email, say_not_phone

PHONE_MAX_CHARS: Final = 40
EMAIL_MAX_CHARS: Final = 254

Values = Mapping[str, str | Sequence[str]]
_YES: Final = frozenset({"true", "on", "yes", "1"})


@frozen
class Option:
    """One choice of a list; the first one's id is the field's own, so that an error can lead there."""

    id: str
    value: str
    label: str
    chosen: bool


@frozen
class Field:
    """One question. `kind` is `text`, `tel`, `email`, `note`, `tick`, `ticks`, `radios` or `select`."""

    name: str
    kind: str
    label: str
    value: str = ""
    chosen: bool = False
    options: tuple[Option, ...] = ()
    suggestions: tuple[str, ...] = ()
    hint: str = ""
    missing: str = ""
    """What to say when it is left empty; a field with nothing to say may stay empty."""
    error: str = ""
    wrong: str = ""
    """What a script says of an answer that cannot be used; empty where every answer can."""
    is_name: bool = False
    """A name of somebody or something: a phone's keyboard begins each word with a capital."""
    autocomplete: str = "off"
    max_length: int = 120
    hidden: bool = False
    """Not shown until a script has something to show in it."""

    @property
    def required(self) -> bool:
        return bool(self.missing)

    @property
    def answered(self) -> bool:
        return bool(self.value or self.chosen or any(one.chosen for one in self.options))

    @property
    def described_by(self) -> str:
        """Ids of the hint and of the error, whichever exist."""
        parts = (("hint", self.hint), ("error", self.error))
        return " ".join(f"{self.name}-{part}" for part, text in parts if text)


@frozen
class FieldGroup:
    name: str
    heading: str
    fields: tuple[Field, ...]
    note: str = ""


class FieldMaker:
    """Makes fields that keep what was typed and carry what was wrong with it."""

    def __init__(self, values: Values, errors: Mapping[str, str]) -> None:
        self._values = values
        self._errors = errors

    def text(
        self,
        name: str,
        label: str,
        *,
        kind: str = "text",
        hint: str = "",
        missing: str = "",
        wrong: str = "",
        is_name: bool = False,
        autocomplete: str = "off",
        max_length: int = 120,
        suggestions: tuple[str, ...] = (),
    ) -> Field:
        return Field(
            name=name, kind=kind, label=label, value=self._one(name), error=self._error(name),
            hint=hint, missing=missing, wrong=wrong, is_name=is_name, autocomplete=autocomplete,
            max_length=max_length, suggestions=suggestions,
        )  # fmt: skip

    def phone(
        self, name: str, label: str, words: Words, *, missing: str = "", autocomplete: str = "off"
    ) -> Field:
        return self.text(
            name, label, kind="tel", missing=missing, wrong=say_not_phone(words),
            autocomplete=autocomplete, max_length=PHONE_MAX_CHARS,
        )  # fmt: skip

    def email(self, name: str, label: str, words: Words, *, autocomplete: str = "off") -> Field:
        return self.text(
            name, label, kind="email", wrong=say_not_email(words),
            autocomplete=autocomplete, max_length=EMAIL_MAX_CHARS,
        )  # fmt: skip

    def chosen(self, name: str) -> Sequence[str]:
        return self._all(name)

    def tick(self, name: str, label: str, *, missing: str = "", hint: str = "") -> Field:
        return Field(
            name=name, kind="tick", label=label, chosen=self._one(name).lower() in _YES,
            missing=missing, hint=hint, error=self._error(name),
        )  # fmt: skip

    def choice(
        self,
        name: str,
        label: str,
        options: Iterable[tuple[str, str]],
        *,
        kind: str = "radios",
        missing: str = "",
        hint: str = "",
        hidden: bool = False,
    ) -> Field:
        chosen = self._all(name)
        rows = tuple(
            Option(name if not place else f"{name}-{value}", value, text, value in chosen)
            for place, (value, text) in enumerate(options)
        )
        return Field(
            name=name, kind=kind, label=label, options=rows,
            missing=missing, hint=hint, error=self._error(name),
            hidden=hidden and not self._error(name),
        )  # fmt: skip

    def _all(self, name: str) -> Sequence[str]:
        value = self._values.get(name, ())
        return (value,) if isinstance(value, str) else tuple(value)

    def _one(self, name: str) -> str:
        return next(iter(self._all(name)), "")

    def _error(self, name: str) -> str:
        return self._errors.get(name, "")
