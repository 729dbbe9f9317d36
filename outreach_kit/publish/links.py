"""Does every link in the owner's own words lead somewhere on this site?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from outreach_kit.errors import Problem
from outreach_kit.practice import Practice, Prose
from outreach_kit.practice.prose import links, parse_prose


def find_dead_links(practice: Practice, known: frozenset[str]) -> Iterator[Problem]:
    """A problem for each site-internal link whose path is not among `known` (“/fees/”)."""
    for prose in _all_prose(practice):
        for target in dict.fromkeys(links(parse_prose(prose.text))):
            path = unquote(urlsplit(target).path)
            if not target.startswith("/") or path in known:
                continue
            near = path.rstrip("/") + "/"
            todo = (
                f"Write “{near}”."
                if near in known
                else "Link to one of the site's own pages: "
                + ", ".join(sorted(url for url in known if url.endswith("/"))[:12])
                + "."
            )
            yield Problem(
                prose.file, _line(prose, target), "", f"The link “{target}” leads nowhere.", todo
            )


def _all_prose(practice: Practice) -> Iterator[Prose]:
    for clinician in practice.clinicians:
        yield from clinician.profile.values()
        yield from clinician.elevator_speech.values()
    for page in practice.pages:
        yield page.body
    for note in practice.notes:
        yield note.body


def _line(prose: Prose, target: str) -> int:
    before, found, _ = prose.text.partition(target)
    return prose.line + before.count("\n") if found else prose.line
