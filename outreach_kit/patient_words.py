"""Whether a text sounds as if it named a patient: a name, a birth date, a number. Pure, and no judge.

Whoever is told so once may send it all the same: “Ms. Lee at the front desk” is nobody's patient. So
a miss costs little, and a false alarm one more tap.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü’'-]+"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # “our patient Maria Delgado”, “a student named Sam”, “el paciente Juan Pérez”
        (
            rf"\b(?i:patients?|pt|client|student|pupil|member|paciente|cliente|alumn[oa])\b"
            rf"(?i:\s+(?:is|was|named|called|se llama|llamad[oa]))?[\s,:(]+{_NAME}\s+{_NAME}"
        ),
        rf"\b(?i:named|called|se llama|llamad[oa])\s+{_NAME}",
        rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Sr|Sra|Srta)\.?\s+{_NAME}",
        # Birth dates and what stands before them.
        r"(?i)\b(?:dob|d\.o\.b|date of birth|birth ?date|born on|fecha de nacimiento|naci[óo] el)\b",
        r"\b(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])[/.-](?:19|20)\d\d\b",
        # Numbers that a chart or a plan gives to a person.
        r"\b\d{3}-\d{2}-\d{4}\b",
        (
            r"(?i)\b(?:mrn|ssn|chart|record|member|medicaid|medicare|policy)\b[\s#:.]*"
            r"(?:(?:no|number|id|nr)\b[\s#:.]*)?[a-z]{0,4}\d{5,}"
        ),
    )
)


def mentions_patient(text: str) -> bool:
    return any(pattern.search(text) for pattern in _PATTERNS)
