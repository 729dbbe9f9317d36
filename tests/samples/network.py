"""A network of as many clinicians as a test asks for, written as a practice folder. All made up.

The same size gives the same files. Who has room, who speaks what and who takes which plan differ as
they do in life: some have openings, some counted too long ago, some never did.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

COUNTED_ON: Final = dt.date(2026, 11, 16)
_STALE_ON: Final = dt.date(2026, 9, 1)

FIRST_NAMES: Final = (
    "Ada", "Amara", "Ana", "Anders", "Beatriz", "Benjamin", "Carla", "Chidi", "Clara", "Dae-jung",
    "Daniel", "Delia", "Dmitri", "Eleni", "Elias", "Esther", "Farid", "Fatima", "Felix", "Gabriel",
    "Grace", "Hana", "Hassan", "Helen", "Hugo", "Imani", "Ines", "Isaac", "Jamal", "Joan",
    "Joaquín", "Julia", "Karim", "Katya", "Keisha", "Kofi", "Lan", "Leah", "Leila", "Liam",
    "Lucía", "Malik", "Mara", "Mei", "Miguel", "Miriam", "Nadia", "Naomi", "Nils", "Noor", "Olga",
    "Omar", "Paloma", "Peter", "Priya", "Rafael", "Rosa", "Ruth", "Samir", "Sara", "Sofía",
    "Tariq", "Teresa", "Thuy", "Tomás", "Uma", "Vera", "Victor", "Wanda", "Xavier", "Yara",
    "Yusuf", "Zoë",
)  # fmt: skip
LAST_NAMES: Final = (
    "Abara", "Adler", "Alvarez", "Andersen", "Bakker", "Banerjee", "Bautista", "Becker", "Bianchi",
    "Byrne", "Castillo", "Chen", "Cohen", "Cruz", "Dang", "Delacroix", "Diallo", "Duarte",
    "Eriksen", "Fischer", "Flores", "Fontaine", "Garza", "Goldberg", "Gomez", "Grant", "Hadley",
    "Hart", "Hernández", "Hoang", "Ibrahim", "Ito", "Jensen", "Johansson", "Kaplan", "Keller",
    "Khan", "Kowalski", "Kumar", "Larsen", "Lee", "Lindqvist", "Lopez", "Mahmoud", "Marsh",
    "Mendoza", "Moreau", "Moreno", "Mwangi", "Nakamura", "Navarro", "Ndiaye", "Nguyen", "Novak",
    "Ochoa", "Okafor", "Olsen", "Ortiz", "Park", "Patel", "Pérez", "Quinn", "Ramos", "Reyes",
    "Rosen", "Ruiz", "Saito", "Salazar", "Santos", "Shah", "Silva", "Sokolov", "Tan", "Torres",
    "Tran", "Vasquez", "Vega", "Weiss", "Whitaker", "Yamada", "Young", "Zamora", "Zhang",
)  # fmt: skip
KINDS: Final = (
    ("Psychologist", "PhD", "103TC0700X"),
    ("Clinical social worker", "LICSW", "1041C0700X"),
    ("Mental health counselor", "LMHC", "101YM0800X"),
    ("Marriage and family therapist", "LMFT", "106H00000X"),
)
PLANS: Final = (
    "Regence", "Premera", "Apple Health", "Kaiser PPO", "Aetna", "Cigna", "UnitedHealthcare", "Medicare",
    "Molina", "Moda", "First Choice", "TRICARE",
)  # fmt: skip
TONGUES: Final = ("es", "vi", "ru", "zh", "so", "ar", "tl", "ko", "uk")
TOWNS: Final = (
    "Alder Falls", "Port Wren", "Cedar Bend", "Fir Harbor", "Heron Lake", "Juniper Flats", "Kelp Point",
    "Larch Valley", "Marten Creek", "North Ferry", "Osprey Bay", "Pine Landing", "Quail Ridge", "Rowan Hill",
    "Salmon Run", "Tern Island", "Upper Mills", "Vine Street", "Willow Park", "Yarrow Springs",
)  # fmt: skip


@dataclass(frozen=True)
class Need:
    slug: str
    text: str
    short: str
    texto: str
    corto: str
    youngest: int = 18
    oldest: int | None = None


NEEDS: Final = (
    Need("panic", "Panic attacks after a normal cardiac work-up", "Panic attacks",
         "Ataques de pánico con el corazón sano", "Ataques de pánico"),
    Need("worry", "Worry that the patient cannot switch off", "Constant worry",
         "Una preocupación que no se apaga", "Preocupación constante"),
    Need("low-mood", "Low mood for more than two weeks", "Low mood",
         "Tristeza por más de dos semanas", "Tristeza"),
    Need("sleep", "Poor sleep without a medical cause", "Poor sleep",
         "Mal sueño sin causa médica", "Mal sueño"),
    Need("grief", "Grief that has not moved in a year", "Grief",
         "Un duelo que no avanza en un año", "Duelo"),
    Need("postpartum", "Low mood or panic in the two years after a birth", "Low mood around a birth",
         "Tristeza o pánico en los dos años después de un parto", "Tristeza después de un parto"),
    Need("couple", "A couple that fights or has gone silent", "Couples",
         "Una pareja que pelea o que ya no se habla", "Parejas"),
    Need("trauma", "Nightmares or fear after an accident or an assault", "After an accident or assault",
         "Pesadillas o miedo después de un accidente o un ataque", "Después de un ataque"),
    Need("pain", "Pain that rules the day, after the work-up", "Living with pain",
         "Dolor que manda en el día, ya estudiado", "Vivir con dolor"),
    Need("new-illness", "Fear or despair after a new diagnosis", "A new diagnosis",
         "Miedo o desánimo después de un diagnóstico", "Un diagnóstico nuevo"),
    Need("checking", "Checking, washing or counting that eats hours", "Checking and washing",
         "Revisar, lavar o contar por horas", "Revisar y lavar"),
    Need("drinking", "Drinking more than they meant to, and still safe", "Drinking too much",
         "Beber más de lo que quería, sin peligro", "Beber demasiado"),
    Need("school-refusal", "A child who will not go to school", "School refusal",
         "Un niño que no quiere ir a la escuela", "No quiere ir a la escuela", 4, 17),
    Need("outbursts", "Outbursts that frighten the family", "Outbursts",
         "Arranques que asustan a la familia", "Arranques", 4, 12),
    Need("child-worry", "Stomach aches or sleeplessness from worry", "A child who worries",
         "Dolor de estómago o desvelo por preocupación", "Un niño que se preocupa", 4, 12),
    Need("teen-low", "A teen who has gone quiet", "A teen gone quiet",
         "Un adolescente que se ha callado", "Adolescente callado", 13, 25),
    Need("self-harm", "Self-harm without a wish to die, with safety assessed", "Self-harm, safety assessed",
         "Se lastima sin querer morir, con la seguridad evaluada", "Se lastima, ya evaluado", 13, 25),
    Need("two-cultures", "A family that fights over whose rules count", "Between two cultures",
         "Una familia que pelea por las reglas de aquí y de allá", "Entre dos culturas", 13, 25),
    Need("late-life", "Days that have shrunk after sixty", "Days that have shrunk",
         "Días que se han hecho chicos después de los sesenta", "Días que se han hecho chicos", 55),
)  # fmt: skip


def write_network(folder: Path, size: int, *, spanish: bool = False) -> Path:
    """A practice folder at `folder` with `size` clinicians; Spanish words beside the English if asked for."""
    chance = Random(size)
    towns = TOWNS[: max(1, min(len(TOWNS), size // 40 + 1))]
    _write(folder / "practice.toml", _practice(towns, spanish=spanish))
    if spanish:
        _write(folder / "practice.es.toml", f"[practice]\nniche = {_say(_LEMA)}\n")
    for place in range(size):
        _clinician(folder / "clinicians", place, chance, towns, spanish=spanish)
    return folder


def _clinician(
    folder: Path, place: int, chance: Random, towns: Sequence[str], *, spanish: bool
) -> None:
    first = FIRST_NAMES[place * 31 % len(FIRST_NAMES)]
    last = LAST_NAMES[(place * 17 + place // len(FIRST_NAMES)) % len(LAST_NAMES)]
    home = folder / f"{_plain(first)}-{_plain(last)}-{place + 1}"
    lead = NEEDS[place % len(NEEDS)]
    youngest = min(lead.youngest, 18)
    others = [one for one in NEEDS if one.youngest == youngest and one is not lead]
    needs = (lead, *chance.sample(others, k=min(len(others), chance.randint(2, 4))))
    facts = (*_facts(f"{first} {last}", place, needs, chance, towns), *_reasons(needs))
    _write(home / "clinician.toml", "\n".join(facts))
    _write(home / "profile.md", f"## Who comes to me\n\n{lead.text}. {_PROFILE}\n")
    _write(home / "elevator-speech.md", _SPEECH.format(need=lead.short.lower()) + "\n")
    if spanish:
        _write(home / "clinician.es.toml", "\n".join(_palabras(needs)))
        _write(home / "profile.es.md", f"## Quién viene conmigo\n\n{lead.texto}. {_PERFIL}\n")
        _write(home / "elevator-speech.es.md", _DISCURSO.format(need=lead.corto.lower()) + "\n")


def _facts(
    name: str, place: int, needs: Sequence[Need], chance: Random, towns: Sequence[str]
) -> Iterator[str]:
    title, credential, taxonomy = chance.choice(KINDS)
    online_only = chance.random() < 0.1
    yield f"name = {_say(name)}"
    yield f"credentials = {_list([credential])}"
    yield f"title = {_say(title)}"
    yield f"taxonomy = {_say(taxonomy)}"
    yield f"npi = {_say(_npi(place))}"
    yield f'license = {{ type = {_say(title)}, number = "{place + 1:08d}", state = "WA" }}'
    both = " and ".join(one.short.lower() for one in needs[:2])
    yield f"niche = {_say(f'I help with {both}. Together we find what helps, and keep it.')}"
    yield f"not_fit = {_list(_NOT_FIT)}"
    youngest, oldest = needs[0].youngest, needs[0].oldest
    yield f"ages = {{ youngest = {youngest}{'' if oldest is None else f', oldest = {oldest}'} }}"
    spoken = chance.sample(TONGUES, k=1) if chance.random() < 0.35 else []
    yield f"languages = {_list(['en', *spoken])}"
    yield f"telehealth = {_list(['WA', *(['OR'] if chance.random() < 0.2 else [])])}"
    yield f"in_person = {'false' if online_only else 'true'}"
    if not online_only:
        yield f"sites = {_list([_plain(chance.choice(towns))])}"
    if chance.random() < 0.8:
        yield f"plans = {_list(sorted(chance.sample(PLANS, k=chance.randint(2, 6))))}"
    yield from _openings(chance)


def _reasons(needs: Sequence[Need]) -> Iterator[str]:
    for one in needs:
        yield f"\n[[refer_when]]\nslug = {_say(one.slug)}\ntext = {_say(one.text)}\nshort = {_say(one.short)}"


def _openings(chance: Random) -> Iterator[str]:
    luck = chance.random()
    if luck < 0.8:
        on = COUNTED_ON if luck < 0.6 else _STALE_ON
        yield f"openings = {{ count = {chance.randint(0, 4)}, on = {on} }}"


def _npi(place: int) -> str:
    """Ten digits, the last of which is right."""
    digits = f"1{place:08d}"
    doubled = "".join(
        str(2 * int(digit)) if turn % 2 == 0 else digit
        for turn, digit in enumerate(f"80840{digits}"[::-1])
    )
    return digits + str(-sum(map(int, doubled)) % 10)


def _palabras(needs: Sequence[Need]) -> Iterator[str]:
    yield f"not_fit = {_list(_NO_CONVIENE)}"
    yield f"niche = {_say(f'Ayudo con esto: {needs[0].corto.lower()}. Buscamos lo que sirve.')}"
    for one in needs:
        yield f"\n[[refer_when]]\nslug = {_say(one.slug)}\ntext = {_say(one.texto)}\nshort = {_say(one.corto)}"


def _practice(towns: Sequence[str], *, spanish: bool) -> str:
    sites = "".join(
        f'\n[[sites]]\nstreet = "{place} Main St"\ncity = {_say(town)}\nregion = "WA"\n'
        f'postal_code = "98{900 - place}"\n'
        for place, town in enumerate(towns[1:], 2)
    )
    languages = ["en", "es"] if spanish else ["en"]
    return _PRACTICE.format(
        niche=_say(_NICHE), languages=_list(languages), town=_say(towns[0]), sites=sites, plans=_list(PLANS)
    )  # fmt: skip


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _say(text: str) -> str:
    """As a TOML string, which JSON's is as well."""
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_say, texts))}]"


def _plain(name: str) -> str:
    return name.lower().translate(str.maketrans("áéíóúñë ", "aeioune-"))


_NOT_FIT: Final = (
    "Active psychosis or mania", "Substance dependence as the main concern",
    "Anybody in danger now: call 911 or 988",
)  # fmt: skip
_NO_CONVIENE: Final = (
    "Psicosis o manía activa", "Una adicción como motivo principal",
    "Alguien en peligro ahora: llame al 911 o al 988",
)  # fmt: skip
_NICHE: Final = (
    "We help children, adults and families all over the valley. One call finds who fits."
)
_LEMA: Final = "Ayudamos a niños, adultos y familias en todo el valle. Con una llamada encuentra a quien le conviene."
_PROFILE: Final = (
    "Many have told nobody yet. We start with the week that was, and with one thing that would make the "
    "next one lighter.\n\n## How we work\n\nMost come **eight to twelve times**. You get a plan after the "
    "second visit, in plain words, and you can change it."
)
_PERFIL: Final = (
    "Muchos no se lo han dicho a nadie. Empezamos con la semana que pasó.\n\n## Cómo trabajamos\n\nLa "
    "mayoría viene **de ocho a doce veces**. Después de la segunda visita hay un plan."
)
_SPEECH: Final = (
    "You know those visits when the tests are fine and the patient is not? I see people for {need}, and "
    "for what comes with it: the bad nights, the calls to the office, the days that get smaller. In eight "
    "to twelve visits most of them sleep again and go back to what they had given up. I call each patient "
    "you send within a day, and with their consent I write to you. If I am not the right one, somebody at "
    "our practice is. Whom have you seen this week who comes to mind?"
)
_DISCURSO: Final = (
    "¿Conoce esas visitas en las que todo sale bien y el paciente no está bien? Veo a personas por esto: "
    "{need}, y por lo que viene con ello. En ocho a doce visitas casi todos vuelven a dormir. Llamo a cada "
    "paciente en un día y, si él quiere, le escribo a usted. ¿A quién ha visto esta semana?"
)
_PRACTICE: Final = """\
[practice]
name = "Valley Care Network"
niche = {niche}
time_zone = "America/Los_Angeles"
languages = {languages}
site_url = "https://valley.example"
form_url = "https://refer.valley.example"

[contact]
phone = "(360) 555-0170"
fax = "(360) 555-0171"
email = "hello@valley.example"

[address]
street = "1 Main St"
city = {town}
region = "WA"
postal_code = "98999"
{sites}
[hours]
monday = "8:00-18:00"
tuesday = "8:00-18:00"
wednesday = "8:00-18:00"
thursday = "8:00-18:00"
friday = "8:00-16:00"

[booking]
url = "https://valley.example/book"
consultation_minutes = 15
consultation_price = 0

[[fees]]
kind = "intake"
name = "First session"
minutes = 60
price = 200

[[fees]]
kind = "session"
name = "Session"
minutes = 50
price = 160

[insurance]
plans = {plans}
superbills = true

[payment]
methods = ["Credit or debit card"]

[promise]
working_days = 1
seen_within_days = 14
"""
