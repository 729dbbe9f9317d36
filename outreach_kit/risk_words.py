"""Words of risk in a note, in English and Spanish: a reason to stop once and name the crisis lines.

A short list reads no minds. It misses whatever is said in other words, and it cannot tell “denies
suicidal thoughts” from the opposite: it errs towards stopping, because stopping costs one tap. Its
silence means nothing, and no referral is ever held back or ranked as safe by it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SELF: Final = r"(?:my|your|him|her|them|one)(?:self|selves)"
_THEIR: Final = r"(?:my|your|his|her|their|ones)"
_OTHERS: Final = r"(?:someone|somebody|people|others|everyone|everybody)"

_ENGLISH: Final = (
    r"suicid\w*",
    r"parasuicid\w*",
    r"homicid\w*",
    rf"(?:kill|killing|hang|hanging|shoot|shooting|drown|drowning|poison|poisoning) {_SELF}",
    rf"(?:harm|harming|harms|harmed|hurt|hurting|hurts|cut|cutting|cuts|burn|burning|burns) {_SELF}",
    r"self (?:harm\w*|injur\w*|mutilat\w*|cutting)",
    rf"(?:end|ending|take|taking|took) {_THEIR} (?:own )?life",
    r"end(?:ing)? it all",
    r"(?:want|wants|wanted|wanting|wish|wishes|wished|going|ready|plans?|planned|planning) to die",
    r"(?:wish|wishes|wished|wishing) (?:i|he|she|they|to) (?:was|were|be) dead",
    r"better off (?:dead|without (?:me|him|her|them))",
    r"(?:no|any) reasons? (?:to live|for living|to go on)",
    r"not worth living",
    r"(?:not|dont|doesnt|didnt|no longer) (?:want|wants|wanted)(?: to| 2)? (?:live|be alive|be here|wake up|exist)",
    r"overdos\w*",
    rf"(?:kill|killing|shoot|shooting|stab|stabbing) (?:him|her|them|{_OTHERS})",
    rf"(?:harm|harming|hurt|hurting) {_OTHERS}",
    r"danger to (?:self|others|" + _SELF + r")",
    r"(?:active|passive|positive for|endorses?|endorsed|reports?|reported|denies|denied|has|had) (?:si|hi)",
    r"si hi",
)
_SPANISH: Final = (
    r"suicid\w*",
    r"homicid\w*",
    r"(?:matar|ahorcar|colgar|envenenar|lastimar|cortar|quemar|herir)(?:me|se|te)",
    r"(?:me|se) (?:quiero|quiere|quisiera|voy a|va a|queria) (?:morir|matar|suicidar|ahorcar|lastimar|cortar)",
    r"(?:me|se) (?:corto|corta|lastimo|lastima|quemo|quema)",
    r"quitar(?:me|se|te|le) la vida",
    r"(?:me|se) (?:quito|quita|quitar) la vida",
    r"(?:acabar|terminar) con (?:mi|su|tu|la) (?:propia )?vida",
    r"(?:quiero|quiere|quisiera|queria|desea|deseo) (?:morir|morirme|morirse|estar muert[oa])",
    r"no (?:quiero|quiere|queria|quisiera|deseo|desea) (?:vivir|seguir viviendo|despertar|estar viv[oa])",
    r"(?:hacer(?:me|se|te)|me hago|se hace) dano",
    r"auto ?lesion\w*",
    r"sobredosis",
    r"mejor muert[oa]",
    r"(?:sin|no tengo|no tiene|perdi|perdio) (?:las )?(?:ganas|razones|motivos?) (?:de|para) vivir",
    r"no vale la pena vivir",
    r"(?:matar|herir|hacer dano|lastimar) a (?:alguien|otros?|otras?|su|mi|la|el|los)",
)
_RISK: Final = re.compile(rf"\b(?:{'|'.join((*_ENGLISH, *_SPANISH))})\b")
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


def mentions_risk(text: str) -> bool:
    """Whether one of the words or phrases stands in the text, whatever its case and accents."""
    return _RISK.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Small letters without accents; whatever parts words is one blank."""
    bare = text.lower() if text.isascii() else _without_accents(text.casefold())
    return _NO_LETTER.sub(" ", _APOSTROPHES.sub("", bare))


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))
