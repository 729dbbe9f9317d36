"""`doctor`: a line for each thing that a referral needs; 1 when one of them would fail it."""

from __future__ import annotations

import datetime as dt
import os

import click

from form_server.doctor import Verdict, examine

_COLOURS = {Verdict.OK: "green", Verdict.WARN: "yellow", Verdict.FAIL: "red"}


@click.command(name="doctor", help="Say what is well, what is not, and what to do about it.")
@click.option("--send", is_flag=True, help="Send a test message to every recipient, really.")
def command(*, send: bool) -> None:
    counts = dict.fromkeys(Verdict, 0)
    for finding in examine(os.environ, lambda: dt.datetime.now(dt.UTC), send=send):
        counts[finding.verdict] += 1
        mark = click.style(f"{finding.verdict.value:4}", fg=_COLOURS[finding.verdict])
        click.echo(f"{mark}  {finding.subject}: {finding.words}")
        if finding.todo:
            click.echo(f"      {finding.todo}")
    click.echo(
        f"\n{counts[Verdict.OK]} well, {counts[Verdict.WARN]} to see to, "
        f"{counts[Verdict.FAIL]} to mend."
    )
    if counts[Verdict.FAIL]:
        raise SystemExit(1)
