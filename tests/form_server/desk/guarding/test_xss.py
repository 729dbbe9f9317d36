"""What is typed anywhere, by an office, a patient or a user, is text on every page of the desk."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.form_server.desk.guarding.crawling import Form, Reader, crawl
from tests.form_server.desk.questions.asking import ASKED, TALK, ask_for_a_talk
from tests.form_server.desk.stage import SAID, Stage

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>{{7*7}}"
_SCHEMES = {"", "http", "https", "tel", "sms", "mailto", "otpauth"}
_LEAD_AWAY = ("href", "src", "action", "formaction", "data", "poster", "ping")
# Forms that end what the test stands on.
_NOT_SENT = ("/sign-out", "/end", "/remove", "/erase", "/recover", "/sign-in")


def hostile_referral(stage: Stage) -> str:
    """Every field of an office's form, with markup in it."""
    said: dict[str, Any] = {
        name: HOSTILE if isinstance(value, str) else [HOSTILE] if isinstance(value, list) else value
        for name, value in SAID.items()
    }
    extra = {
        "patient_email": HOSTILE,
        "guardian_name": HOSTILE,
        "first_call": HOSTILE,
        "new": HOSTILE,
    }
    said.update(extra, patient_phone_uri="javascript:alert(1)", kind="office")
    return stage.receive(**said).id


def judge(pages: dict[str, str]) -> None:
    """Nothing that runs, and nothing that leads to what runs."""
    for path, page in pages.items():
        is_letter = path.split("?")[0].endswith("/mail")  # under a policy that runs nothing
        for tag in Reader(page).tags:
            assert tag.name not in {"img", "object", "embed", "base"}, path
            assert tag.name != "iframe" or tag.attributes.get("sandbox") == "", path
            assert tag.name != "script" or tag.attributes.get("src"), path
            for name, value in tag.attributes.items():
                assert not name.startswith("on"), (path, name)
                assert name != "style" or is_letter, path
                if name in _LEAD_AWAY:
                    assert urlsplit(value.strip()).scheme.lower() in _SCHEMES, (path, value)
        assert "<script>alert" not in page, path


def test_no_field_of_a_referral_runs_on_any_page(desk: Stage) -> None:
    referral_id = hostile_referral(desk)
    desk.receive()
    hostile = {name: HOSTILE for name in (*ASKED, *TALK) if name not in {"v", "kind", "talk"}}
    question_id = ask_for_a_talk(desk, **hostile, talk=None).id
    pages = crawl(desk)
    judge(pages)
    assert "&lt;script&gt;alert(1)" in pages[f"/desk/questions/{question_id}"]
    assert "&lt;script&gt;alert(1)" in pages[f"/desk/referrals/{referral_id}"]
    assert "&lt;script&gt;alert(1)" in pages["/desk/"]


def test_nothing_that_is_typed_at_the_desk_runs_on_any_page(desk: Stage) -> None:
    """Every form of every page is filled with markup and sent; then every page is read again."""
    desk.receive()
    with desk.ledger._store.write() as connection:
        connection.exec_driver_sql("UPDATE desk_user SET name = ?", (HOSTILE,))
        connection.exec_driver_sql("UPDATE inbox SET name = ?", (HOSTILE,))
        connection.exec_driver_sql("UPDATE session SET label = ?", (HOSTILE,))
    forms = {
        (form.action.split("?")[0], tuple(form.typed)): form
        for page in crawl(desk).values()
        for form in Reader(page).forms
        if form.typed and not form.action.split("?")[0].endswith(_NOT_SENT)
    }
    assert len(forms) >= 3
    answers = {f"answer of {path}": send(desk, form) for (path, _), form in forms.items()}
    judge({path: text for path, text in answers.items() if text})
    after = crawl(desk)
    judge(after)
    assert "&lt;script&gt;alert(1)" in after["/desk/devices"]


def send(desk: Stage, form: Form) -> str:
    data = {**form.filled, **dict.fromkeys(form.typed, HOSTILE)}
    if form.method == "get":
        answer = desk.client.get(form.action, query_string=data, base_url=desk.origin)
    else:
        answer = desk.post(form.action, data)
    assert answer.status_code < 500, form.action
    return answer.text if answer.mimetype == "text/html" else ""
