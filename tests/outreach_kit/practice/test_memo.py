"""A memo answers like the code does, sooner; and not from other code, nor from a damaged file."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from outreach_kit.practice.advice.text import Text
from outreach_kit.practice.advice.text_rules import find_in
from outreach_kit.practice.memo import HELD, Memo, recall, recall_brief, remembering
from outreach_kit.practice.prose import ProseRefused, check_prose, prose_links
from outreach_kit.practice.writings import Prose


class Counted:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return f"answer {self.times}"


def test_an_answer_outlives_the_build_and_other_code_does_not_believe_it(tmp_path: Path) -> None:
    for _ in range(2):
        with remembering(Memo(str(tmp_path), "salt")):
            assert recall("text", "question", lambda: "first") == "first"
    with remembering(Memo(str(tmp_path), "salt")):
        assert recall("text", "question", lambda: "second") == "first"
        assert recall("text", "another", lambda: "second") == "second"
        assert recall("texts", "question", lambda: "second") == "second"
    with remembering(Memo(str(tmp_path), "other")):
        assert recall("text", "question", lambda: "second") == "second"


def test_without_a_memo_all_is_worked_out_anew() -> None:
    counted = Counted()
    assert [recall("text", "question", counted) for _ in range(2)] == ["answer 1", "answer 2"]


def test_more_texts_than_are_held_are_all_remembered(tmp_path: Path) -> None:
    counted = Counted()
    for _ in range(2):
        with remembering(Memo(str(tmp_path), "salt")) as memo:
            for number in range(HELD + 20):
                recall(f"text {number}", "question", counted)
            assert memo.knows("text 0")
    assert counted.times == HELD + 20


def test_short_answers_are_at_hand_though_their_text_is_held_no_more(tmp_path: Path) -> None:
    counted = Counted()
    texts = [f"text {number}" for number in range(HELD + 20)]
    for _ in range(2):
        with remembering(Memo(str(tmp_path), "salt")):
            for text in texts:
                recall(text, "html", counted)
                recall_brief(text, "title", lambda text=text: (text,))  # type: ignore[misc]
                recall_brief(text, "refused", lambda: ())
    with remembering(Memo(str(tmp_path), "salt")):
        for text in texts:
            recall(text, "html", counted)
        shutil.rmtree(tmp_path)
        for text in texts:
            assert recall_brief(text, "title", counted) == (text,)  # type: ignore[comparison-overlap]
            assert recall_brief(text, "refused", counted) == ()  # type: ignore[comparison-overlap]
    assert counted.times == len(texts)


@pytest.mark.parametrize("damage", [b"", b"\0", b"\0" * 40])
def test_a_damaged_file_is_worked_out_again(tmp_path: Path, damage: bytes) -> None:
    with remembering(Memo(str(tmp_path), "salt")):
        recall("text", "question", lambda: "first")
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    file.write_bytes(damage)
    with remembering(Memo(str(tmp_path), "salt")):
        assert recall("text", "question", lambda: "second") == "second"


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with remembering(Memo(str(tmp_path / "file"), "salt")):
        assert recall("text", "question", lambda: "first") == "first"


def test_a_text_is_refused_again_and_its_links_are_the_same(tmp_path: Path) -> None:
    for _ in range(2):
        with remembering(Memo(str(tmp_path), "salt")):
            with pytest.raises(ProseRefused) as refused:
                check_prose("fine\n\n<b>not</b>")
            assert (refused.value.line, refused.value.what) == (3, "HTML (“<b>”) is not printed.")
            assert prose_links("[a](/fees/) [b](#c) [a](/fees/)") == ("/fees/", "#c")


def test_what_the_rules_found_moves_with_the_text_and_with_the_day(tmp_path: Path) -> None:
    text = "We have two openings.\n\nJoin us until March 3, 2026."

    def found(file: str, line: int, today: dt.date) -> list[tuple[str, str, int]]:
        with remembering(Memo(str(tmp_path), "salt")):
            problems = find_in(Text(Prose(text, file, line), "en", today, "US"))
        return [(rule, problem.file, problem.line) for rule, problem in problems]

    before, after = dt.date(2026, 3, 3), dt.date(2026, 3, 4)
    assert found("a.md", 5, before) == [("openings-in-words", "a.md", 5)]
    assert found("b.md", 8, before) == [("openings-in-words", "b.md", 8)]
    assert found("b.md", 8, after) == [("openings-in-words", "b.md", 8), ("event-past", "b.md", 10)]
