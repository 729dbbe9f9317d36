from __future__ import annotations

import pytest

from outreach_kit.outreach.tongues import language_code, same_language


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Spanish", "es"), ("español", "es"), ("Espanol", "es"), ("ES", "es"), ("es-MX", "es"),
        ("Spanish (Mexico)", "es"), ("Tiếng Việt", "vi"), ("ASL", "ase"), ("Mandarin", "zh"),
        ("tagalog", "fil"), ("Kreyòl Ayisyen", "ht"), ("العربية", "ar"), ("Klingonese", "klingonese"),
        ("  ", ""),
    ],
)  # fmt: skip
def test_a_language_is_known_by_any_of_its_names(typed: str, code: str) -> None:
    assert language_code(typed) == code


def test_nothing_said_is_no_language() -> None:
    assert not same_language("", "")
    assert same_language("spanish", "Español")
    assert not same_language("Spanish", "Portuguese")
