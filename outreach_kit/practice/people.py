"""A clinician in memory: what the folder says of them, in each language that it says it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from outreach_kit.frozen import frozen
from outreach_kit.practice.audiences import NAME_HERE, Audience
from outreach_kit.practice.built_in import RECOMMENDATIONS, said_in
from outreach_kit.practice.clinician import ClinicianFile
from outreach_kit.practice.writings import Prose


@frozen
class Clinician:
    """One clinician: the facts, and the prose in each language that has it."""

    slug: str
    facts: ClinicianFile
    profile: Mapping[str, Prose]
    elevator_speech: Mapping[str, Prose]
    portrait: Path | None = None
    resume: Mapping[str, Prose] = field(default_factory=dict)
    language: str = "en"
    """The language of the texts in `facts`."""

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def name_and_credentials(self) -> str:
        return ", ".join((self.facts.name, *self.facts.credentials))

    @property
    def first_name(self) -> str:
        return self.facts.name.split()[0]

    @property
    def initials(self) -> str:
        words = self.facts.name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def recommend(self) -> str:
        """The sentence that an office says; the patient hears a name and not “a therapist”."""
        return self.facts.recommend or self._by_name(said_in(RECOMMENDATIONS, self.language))

    def refer_lines(self, audience: Audience) -> tuple[str, ...]:
        """Whom to send, in the audience's words or else in the clinician's; never empty."""
        return audience.refer_when or tuple(reason.text for reason in self.facts.refer_when)

    def sentence_for(self, audience: Audience) -> str:
        """What somebody of the audience can say to the person whom they send."""
        return self._by_name(audience.say) if audience.say else self.recommend

    def _by_name(self, saying: str) -> str:
        return saying.replace(NAME_HERE, self.name)
