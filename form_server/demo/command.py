"""`demo`: one real referral from form to desk, timed, and then everything left open to look at."""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import click

from form_server.demo.stage import EMAIL, Stage, set_stage
from form_server.demo.visitor import REFERRAL, Visitor
from form_server.settings import Forward
from form_server.stopping import Told
from outreach_kit.errors import MachineError

FORWARD_WITHIN_S: Final = 30.0


@dataclass
class Timeline:
    """Steps with their milliseconds, in order; `moments` are UTC."""

    steps: dict[str, float] = field(default_factory=dict)
    moments: dict[str, str] = field(default_factory=dict)

    def add(self, step: str, took_ms: float) -> None:
        self.steps[step] = round(took_ms, 1)
        self.moments[step] = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


@click.command(name="demo", help="See everything work on this machine, with a real referral.")
@click.option("--once", is_flag=True, help="Exit when the referral was opened at the desk.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the timeline for programs, as one line."
)
@click.option(
    "--forward",
    type=click.Choice([one.value for one in Forward]),
    default=Forward.NOTICE.value,
    envvar="HANDOFF_FORWARD",
    help="What the mail carries: a notice (default), or the whole referral.",
)
def command(*, once: bool, as_json: bool, forward: str) -> None:
    logging.getLogger().setLevel(logging.WARNING)

    def say(text: str = "") -> None:
        if not as_json:
            click.echo(text)

    say("Building the sample practice …")
    stage = set_stage(Forward(forward))
    try:
        timeline, receipt = play(stage, say)
        if as_json:
            click.echo(json.dumps(_as_json(stage, timeline, receipt)))
        _say_where(stage, receipt, say)
        if not once:
            _wait_for_ctrl_c(say)
    finally:
        stage.strike()


def play(stage: Stage, say: Callable[[str], None]) -> tuple[Timeline, dict[str, str]]:
    """The main job over HTTP and SMTP; raises MachineError when a step does not happen."""
    timeline = Timeline()
    for wanted, used in stage.moved:
        say(f"  port {wanted} is taken, so {used} is used")
    timeline.add("built", stage.built_ms)
    say(
        f"  built in {stage.built_ms:.0f} ms: {stage.built.pages} pages, {stage.built.sheets} sheets"
    )

    already = len(stage.mailbox.mails)
    began = time.perf_counter()
    receipt = Visitor(stage.base_url).refer()
    timeline.add("accepted", _since(began))
    say(
        f"  accepted in {_since(began):.0f} ms: receipt {receipt['receipt']}, sealed and on the disk"
    )

    mail = stage.mailbox.wait(already, FORWARD_WITHIN_S)
    if mail is None:
        raise MachineError(f"The notice did not arrive within {FORWARD_WITHIN_S:.0f} seconds.")
    timeline.add("forwarded", _since(began))
    say(f"  forwarded in {_since(began):.0f} ms: “{mail.subject}” is in the mailbox")

    began = time.perf_counter()
    therapist = Visitor(stage.base_url)
    page = therapist.open_first_referral(therapist.sign_in(EMAIL, stage.founding.passphrase))
    if str(REFERRAL["patient_name"]) not in page.body:
        raise MachineError("The desk opened the referral and does not show the patient's name.")
    timeline.add("opened", _since(began))
    say(f"  opened at the desk in {_since(began):.0f} ms, signing in included")
    return timeline, receipt


def _say_where(stage: Stage, receipt: dict[str, str], say: Callable[[str], None]) -> None:
    rows = {
        "Site": f"{stage.base_url}/",
        "Sheets, public": f"{stage.base_url}/print/",
        "Sheets, yours": (stage.built.prints / "index.html").as_uri(),
        "Referral form": f"{stage.base_url}/refer/",
        "Status page": receipt["status_url"],
        "Desk": f"{stage.base_url}/desk/",
        "  sign in as": EMAIL,
        "  six words": stage.founding.passphrase,
        "Mailbox": f"{stage.mailbox_url}/",
        "Files": str(stage.built.out),
    }
    say("")
    for name, value in rows.items():
        say(f"  {name:<15} {value}")
    say("")


def _as_json(stage: Stage, timeline: Timeline, receipt: dict[str, str]) -> dict[str, object]:
    return {
        "ok": True,
        "timeline_ms": timeline.steps,
        "moments": timeline.moments,
        "pages": stage.built.pages,
        "sheets": stage.built.sheets,
        "out": str(stage.built.out),
        "prints": str(stage.built.prints),
        "receipt": receipt["receipt"],
        "addresses": {
            "site": f"{stage.base_url}/",
            "form": f"{stage.base_url}/refer/",
            "desk": f"{stage.base_url}/desk/",
            "mailbox": f"{stage.mailbox_url}/",
            "status": receipt["status_url"],
        },
        "sign_in": {"name": EMAIL, "passphrase": stage.founding.passphrase},
    }


def _wait_for_ctrl_c(say: Callable[[str], None]) -> None:
    say("Ctrl-C stops it. Everything it made lies in _site/, _site-print/ and var/.")
    Told().wait()


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
