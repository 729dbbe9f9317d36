from __future__ import annotations

import pytest

from outreach_kit.patient_words import mentions_patient


@pytest.mark.parametrize(
    "text",
    [
        "Can you see our patient Maria Delgado soon?",
        "I have a student named Sam who worries a lot.",
        "Mr. Alvarez asked about you.",
        "Our patient, Jordan Quill, cannot sleep.",
        "DOB 4/12/1988, anxious since spring",
        "She was seen on 03-14-1990 or so.",
        "Her number is 123-45-6789.",
        "MRN 00482913 has panic attacks",
        "Member ID: ABC1234567",
        "El paciente Juan Pérez no duerme.",
        "Una alumna que se llama Lucía",
        "Fecha de nacimiento 1990",
    ],
)
def test_words_that_name_somebody_are_noticed(text: str) -> None:
    assert mentions_patient(text)


@pytest.mark.parametrize(
    "text",
    [
        "Whom may I send you? We see many patients with panic after a clear work-up.",
        "Do you take Regence? Our patients ask for evenings.",
        "Would a 45 minute talk fit on a Tuesday in January, for 12 people?",
        "Call me at (360) 555-0177 after 4 PM.",
        "What do I say to a patient who does not want to go to therapy?",
        "Is 150 dollars the fee? We open at 8/30.",
        "¿Atiende usted en español a pacientes mayores?",
        "",
    ],
)
def test_an_honest_question_is_left_alone(text: str) -> None:
    assert not mentions_patient(text)
