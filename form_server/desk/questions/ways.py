"""The addresses of questions and talks."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.questions.listing import show_questions
from form_server.desk.questions.show import show_question
from form_server.desk.questions.steps import (
    answer_question,
    erase_question,
    put_question_away,
    rescue_question,
    set_talk,
    undo_answer,
)
from form_server.desk.questions.talk_steps import hold_talk, print_talk
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/questions", show_questions),
    Way("/questions/<question_id>", show_question),
    Way("/questions/<question_id>/answer", answer_question, POST),
    Way("/questions/<question_id>/answer/undo", undo_answer, POST),
    Way("/questions/<question_id>/talk", set_talk, POST),
    Way("/questions/<question_id>/talk/paper", print_talk, POST),
    Way("/questions/<question_id>/talk/held", hold_talk, POST),
    Way("/questions/<question_id>/rescue", rescue_question, POST),
    Way("/questions/<question_id>/spam", put_question_away, POST),
    Way("/questions/<question_id>/erase", erase_question, POST, Right.PRIVACY),
)
