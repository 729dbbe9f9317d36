"""What is typed reaches the database as a value, never as a statement."""

from __future__ import annotations

import sqlalchemy as sa

from form_server.ledger.tables import desk_user, referral
from tests.form_server.desk.guarding.crawling import Reader, crawl
from tests.form_server.desk.guarding.test_xss import _NOT_SENT
from tests.form_server.desk.stage import Stage

STATEMENTS = (
    "' OR '1'='1",
    "'; DROP TABLE referral; --",
    "%' UNION SELECT email FROM desk_user --",
    "\\'\x00",
)


def stored(stage: Stage) -> tuple[int, int]:
    with stage.ledger._store.read() as connection:
        counts = [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (referral, desk_user)
        ]
    return counts[0] or 0, counts[1] or 0


def test_no_form_and_no_query_runs_a_statement(desk: Stage, other_inbox: str) -> None:
    desk.receive()
    hidden_one = desk.receive(inbox_id=other_inbox)
    before = stored(desk)
    forms = {
        (form.action.split("?")[0], form.method): form
        for page in crawl(desk).values()
        for form in Reader(page).forms
        if form.typed and not form.action.split("?")[0].endswith((*_NOT_SENT, "/log"))
    }
    assert len(forms) >= 3
    for form in forms.values():
        for statement in STATEMENTS:
            data = {**form.filled, **dict.fromkeys(form.typed, statement)}
            if form.method == "get":
                answer = desk.client.get(form.action, query_string=data, base_url=desk.origin)
            else:
                answer = desk.post(form.action, data)
            assert answer.status_code < 500, form.action
            assert hidden_one.id not in answer.text, form.action
    assert stored(desk) == before


def test_a_name_that_is_a_statement_signs_nobody_in(stage: Stage) -> None:
    for statement in STATEMENTS:
        assert stage.try_to_sign_in("six words that are wrong here", statement).status_code in {
            422,
            429,
        }
