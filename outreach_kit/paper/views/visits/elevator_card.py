"""The elevator speech to rehearse by: each sentence with its second, and two cards to cut out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from outreach_kit.paper.views.frame import (
    Commission,
    Place,
    SheetView,
    foot,
    frame,
    in_language,
)
from outreach_kit.paper.wording import breakable
from outreach_kit.practice.advice import SPEECH_WORDS, speech_seconds
from outreach_kit.practice.prose import parse_prose, plain_text
from outreach_kit.practice.sentences import split_sentences

SCORE_SIZES_PT: Final = (12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
SPEECH_SIZES_PT: Final = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
CUE_SIZES_PT: Final = (15.0, 14.0, *SPEECH_SIZES_PT)
CARD_MM: Final = (127.0, 76.2)
"""An index card, 5 by 3 inches."""
CUE_WORDS: Final = 4
ONE_COLUMN: Final = 8
"""More sentences than these stand in two columns."""


def view_card(commission: Commission) -> SheetView:
    """The speech of the job's clinician, sentence by sentence."""
    clinician = commission.clinician or commission.practice.clinicians[0]
    _ = commission.wording.gettext
    prose = in_language(clinician.elevator_speech, commission.language)
    lines = list(_timed(split_sentences(plain_text(parse_prose(prose.text)))))
    words = sum(line["words"] for line in lines)
    seconds = speech_seconds(words)
    data: dict[str, Any] = {
        "frame": frame(
            commission,
            title=_("Elevator speech: {name}").format(name=clinician.name_and_credentials),
            description=_("The speech with its seconds, and two cards to cut out."),
            keywords=[commission.job.sheet.name, commission.practice.name],
        ),
        "score_sizes_pt": SCORE_SIZES_PT,
        "speech_sizes_pt": SPEECH_SIZES_PT,
        "cue_sizes_pt": CUE_SIZES_PT if len(lines) <= ONE_COLUMN else SPEECH_SIZES_PT[3:],
        "one_column": ONE_COLUMN,
        "card_mm": CARD_MM,
        "lists": {"speech": len(lines)},
        "kicker": _("Elevator speech"),
        "practice": breakable(commission.practice.name),
        "name": breakable(clinician.name),
        "heading": _("Say it in {seconds} seconds").format(seconds=seconds),
        "pace": _("{words} words at 150 a minute. {verdict}").format(
            words=words, verdict=_verdict(commission, words)
        ),
        "bar": {
            "seconds": seconds,
            "from": speech_seconds(SPEECH_WORDS[0]),
            "to": speech_seconds(SPEECH_WORDS[1]),
            "ends": [line["ends"] for line in lines],
        },
        "lines": lines,
        "cards": {
            "speech": _("The speech"),
            "cues": _("The cues"),
            "then": _("Then wait. The silence is theirs."),
            "seconds": _("{seconds} s").format(seconds=seconds),
        },
        "rehearse": {
            "heading": _("How to rehearse"),
            "steps": [
                _("Read it aloud once, with a clock."),
                _("Say it from the first card. Look up at every full stop."),
                _("Say it from the cues, to a friend."),
                _("End on the question, then wait."),
                _("Put the cards away, and say it at a front desk."),
            ],
            "times": _("Ten times aloud"),
            "answers": _("What they asked back"),
            "cut": _("Print at 100%. Cut along the dashes: two index cards, 5 by 3 inches."),
        },
        "foot": foot(commission),
    }
    return SheetView(
        template=commission.job.sheet.template,
        data=data,
        lists={"speech": Place(prose.file, ())},
    )


def _timed(sentences: list[str]) -> Iterator[dict[str, Any]]:
    """Each sentence with its words and the second at which it begins and ends."""
    before = 0
    for index, sentence in enumerate(sentences):
        words = sentence.split()
        last = index == len(sentences) - 1
        cue = sentence if last or len(words) <= CUE_WORDS else _cue(words)
        yield {
            "text": breakable(sentence),
            "cue": breakable(cue),
            "words": len(words),
            "at": _clock(speech_seconds(before)),
            "ends": speech_seconds(before + len(words)),
            "closes": last,
        }
        before += len(words)


def _cue(words: list[str]) -> str:
    return " ".join(words[:CUE_WORDS]).rstrip(",;:–—") + "\u00a0…"


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def _verdict(commission: Commission, words: int) -> str:
    _ = commission.wording.gettext
    low, high = SPEECH_WORDS
    if words > high:
        return _("Cut about {count} to be heard to the end.").format(count=words - high)
    if words < low:
        return _("There is room for about {count} more.").format(count=low - words)
    return _("A good length.")
