"""Who answers in danger, in the reader's own words, also in languages in which the program says nothing else.

988 answers calls and texts in English and Spanish; a text in Spanish begins with AYUDA. Calls it answers in
some 240 languages, through an interpreter whom one asks for by the language's English name (988lifeline.org).
Pages make links of the numbers, sheets print them: each sentence has gaps for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from outreach_kit.frozen import frozen

ENGLISH: Final = "English: call {call_988}, or text {text_988}."
SPANISH: Final = "Español: llame al {call_988} y oprima 2, o envíe AYUDA al\u00a0{text_988}."


@frozen
class Told:
    name: str
    """What one says to be given an interpreter."""
    sentence: str


_TOLD: Final[Mapping[str, Told]] = {
    "ar": Told(
        "Arabic",
        "اتصل بالرقم {call_911}. أو اتصل في أي ساعة بالرقم {call_988}، خط المساعدة في الأزمات والوقاية من "
        "الانتحار. قل بالإنجليزية {name} فينضم مترجم إلى المكالمة.",
    ),
    "fa": Told(
        "Farsi",
        "با {call_911} تماس بگیرید. یا در هر ساعتی با {call_988}، خط بحران و پیشگیری از خودکشی، تماس بگیرید. "
        "به انگلیسی بگویید {name} تا مترجمی به تماس بپیوندد.",
    ),
    "fr": Told(
        "French",
        "Appelez le {call_911}. Ou appelez à toute heure le {call_988}, la ligne d’aide en cas de crise ou "
        "de pensées suicidaires. Dites {name} en anglais : un interprète se joint à l’appel.",
    ),
    "he": Told(
        "Hebrew",
        "התקשרו אל {call_911}. או התקשרו בכל שעה אל {call_988}, קו הסיוע במשבר ולמניעת התאבדות. אמרו באנגלית "
        "{name}, ומתורגמן יצטרף לשיחה.",
    ),
    "ht": Told(
        "Haitian Creole",
        "Rele {call_911}. Oswa rele {call_988} nenpòt lè, liy èd pou kriz ak prevansyon swisid. Di {name} "
        "an anglè, epi yon entèprèt ap antre nan apèl la.",
    ),
    "ko": Told(
        "Korean",
        "{call_911}에 전화하세요. 또는 언제든지 자살·위기 상담 전화 {call_988}에 전화하세요. 영어로 {name}이라고 "
        "말하면 통역사가 통화에 참여합니다.",
    ),
    "pt": Told(
        "Portuguese",
        "Ligue para {call_911}. Ou ligue a qualquer hora para {call_988}, a linha de apoio em crises e de "
        "prevenção do suicídio. Diga {name} em inglês, e um intérprete entra na ligação.",
    ),
    "ru": Told(
        "Russian",
        "Позвоните по номеру {call_911}. Или в любое время по номеру {call_988}: это линия помощи в кризисе и "
        "при мыслях о самоубийстве. Скажите по-английски {name}, и к разговору подключится переводчик.",
    ),
    "tl": Told(
        "Tagalog",
        "Tumawag sa {call_911}. O tumawag anumang oras sa {call_988}, ang linya para sa krisis at pag-iwas "
        "sa pagpapakamatay. Sabihin ang {name} sa Ingles, at may interpreter na sasali sa tawag.",
    ),
    "vi": Told(
        "Vietnamese",
        "Hãy gọi {call_911}. Hoặc gọi {call_988} bất cứ lúc nào, đường dây hỗ trợ khủng hoảng và phòng "
        "chống tự tử. Hãy nói {name} bằng tiếng Anh, thông dịch viên sẽ tham gia cuộc gọi.",
    ),
    "zh": Told(
        "Mandarin",
        "请拨打 {call_911}。或随时拨打自杀与危机生命热线 {call_988}。用英语说 {name}，就会有翻译加入通话。",
    ),
    "zh-HK": Told(
        "Cantonese",
        "請致電 {call_911}。或隨時致電自殺與危機生命線 {call_988}。用英語說 {name}，就會有傳譯員加入通話。",
    ),
    "zh-TW": Told(
        "Mandarin",
        "請撥打 {call_911}。或隨時撥打自殺與危機生命線 {call_988}。用英語說 {name}，就會有口譯員加入通話。",
    ),
}  # fmt: skip


def told_in(language: str) -> Told | None:
    """For a language or one of its forms; None where the program's own words say it, or nobody."""
    return _TOLD.get(language) or _TOLD.get(language.split("-")[0])


def speaks_spanish(language: str) -> bool:
    return language.split("-")[0] == "es"
