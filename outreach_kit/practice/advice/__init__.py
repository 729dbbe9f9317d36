"""The domain's own rules: what would cost a therapist referrals, found before an office finds it.

Each module looks at one idea. Errors stop a build; advice is printed, and can be silenced by its
rule's name in `practice.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach_kit.late import fetch_late

if TYPE_CHECKING:
    from outreach_kit.practice.advice.all_rules import (
        CHECKS,
        RULES,
        advise,
        find_bad_silences,
        in_order,
    )
    from outreach_kit.practice.advice.look import Look
    from outreach_kit.practice.advice.rule import Advice, Check, Level, Rule
    from outreach_kit.practice.advice.speech import (
        SPEECH_WORDS,
        SPEECH_WORDS_A_MINUTE,
        speech_seconds,
        speech_words,
    )

_HOMES: Final = {
    "Advice": "rule",
    "CHECKS": "all_rules",
    "Check": "rule",
    "Level": "rule",
    "Look": "look",
    "RULES": "all_rules",
    "Rule": "rule",
    "SPEECH_WORDS": "speech",
    "SPEECH_WORDS_A_MINUTE": "speech",
    "advise": "all_rules",
    "find_bad_silences": "all_rules",
    "in_order": "all_rules",
    "speech_seconds": "speech",
    "speech_words": "speech",
}
__getattr__ = fetch_late(__name__, _HOMES)

__all__ = [
    "CHECKS",
    "RULES",
    "SPEECH_WORDS",
    "SPEECH_WORDS_A_MINUTE",
    "Advice",
    "Check",
    "Level",
    "Look",
    "Rule",
    "advise",
    "find_bad_silences",
    "in_order",
    "speech_seconds",
    "speech_words",
]
