"""The newsletter's addresses."""

from __future__ import annotations

from typing import Final

from form_server.desk.newsletter.home import show_newsletter
from form_server.desk.newsletter.issue import (
    leave_copy,
    let_issue_be,
    send_copy_again,
    show_issue,
    show_issue_mail,
    stop_issue,
)
from form_server.desk.newsletter.previewing import (
    print_newsletter,
    show_newsletter_mail,
    show_next_newsletter,
)
from form_server.desk.newsletter.readers import put_on_list, show_readers, take_off_list
from form_server.desk.newsletter.sending import send_newsletter, send_proof
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/newsletter", show_newsletter),
    Way("/newsletter/next", show_next_newsletter),
    Way("/newsletter/next", send_newsletter, POST),
    Way("/newsletter/next/mail", show_newsletter_mail),
    Way("/newsletter/next/printed", print_newsletter),
    Way("/newsletter/next/proof", send_proof, POST),
    Way("/newsletter/issues/<issue_id>", show_issue),
    Way("/newsletter/issues/<issue_id>/mail", show_issue_mail),
    Way("/newsletter/issues/<issue_id>/stop", stop_issue, POST),
    Way("/newsletter/issues/<issue_id>/let-be", let_issue_be, POST),
    Way("/newsletter/copies/<delivery_id>/again", send_copy_again, POST),
    Way("/newsletter/copies/<delivery_id>/leave", leave_copy, POST),
    Way("/newsletter/readers", show_readers),
    Way("/newsletter/readers/off", take_off_list, POST),
    Way("/newsletter/readers/on", put_on_list, POST),
)
