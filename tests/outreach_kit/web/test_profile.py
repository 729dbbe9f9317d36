"""What stands below the name on a profile."""

from __future__ import annotations

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import reshaped
from tests.outreach_kit.web.things import Document, change_clinician


def told(page: Document) -> str:
    return page.one("p", class_="credentials").text


def test_a_name_without_credentials_is_not_said_twice(site: Site, practice: Practice) -> None:
    bare = change_clinician(practice, credentials=(), title=None, pronouns=None)
    titled = change_clinician(practice, credentials=(), pronouns=None)
    url = "/clinicians/nora-ellison/"
    assert told(reshaped(site, practice)[url]).startswith(
        "Nora Ellison, LICSW\u00a0· Clinical social worker\u00a0· she/her"
    )
    assert "Nora" not in told(reshaped(site, bare)[url])
    assert told(reshaped(site, titled)[url]).startswith("Clinical social worker")
