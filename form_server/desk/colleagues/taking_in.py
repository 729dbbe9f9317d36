"""What a table of colleagues would change, row by row, before anything is changed."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal

from form_server.desk.colleagues.columns import HEADINGS, read_heading, typed_row
from form_server.desk.colleagues.same import Known, unite
from form_server.desk.colleagues.typed import read_typed
from form_server.ledger import Colleague, ColleagueFacts
from outreach_kit.practice import Practice

MOST_ROWS = 2000


@dataclass(frozen=True)
class PlannedRow:
    """`number` counts from 1 with the heading, as spreadsheets do."""

    number: int
    name: str
    verdict: Literal["new", "joins", "same", "wrong"]
    says: tuple[str, ...]


@dataclass
class Plan:
    """Nothing is taken in while any row is wrong."""

    rows: list[PlannedRow] = field(default_factory=list)
    new: dict[str, ColleagueFacts] = field(default_factory=dict)
    changed: dict[str, ColleagueFacts] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    complaint: str = ""

    @property
    def is_ready(self) -> bool:
        some = bool(self.new or self.changed)
        return some and not self.complaint and not any(one.verdict == "wrong" for one in self.rows)


def plan_table(
    rows: Sequence[Sequence[str]],
    here: Sequence[Colleague],
    practice: Practice,
    today: date,
    codes: Container[str],
) -> Plan:
    """What each row is: somebody new, somebody who is here already, or wrong; and why."""
    plan = Plan()
    if not rows:
        plan.complaint = "The table is empty."
        return plan
    columns, plan.left_out = read_heading(rows[0])
    if not {"name", "first", "last"} & set(columns.values()):
        plan.complaint = "No column is headed “Name”: the first row must say what each column is."
        return plan
    if len(rows) - 1 > MOST_ROWS:
        plan.complaint = f"The table has more than {MOST_ROWS} rows: take it in in parts."
        return plan
    known = Known((one.id, one.facts) for one in here)
    now = {one.id: one.facts for one in here}
    for number, cells in enumerate(rows[1:], start=2):
        facts, complaints = read_typed(typed_row(columns, cells), practice, today, codes)
        if complaints:
            says = tuple(
                f"{HEADINGS.get(name, 'Takes')}: {text}" for name, text in complaints.items()
            )
            plan.rows.append(PlannedRow(number, facts.name or "No name", "wrong", says))
        else:
            plan.rows.append(_place(plan, known, now, number, facts))
    return plan


def _place(
    plan: Plan,
    known: Known,
    now: dict[str, ColleagueFacts],
    number: int,
    facts: ColleagueFacts,
) -> PlannedRow:
    found = known.find(facts)
    if found is None:
        own = f"row {number}"
        plan.new[own] = now[own] = facts
        known.add(own, facts)
        return PlannedRow(number, facts.name, "new", ())
    before, after = now[found], unite(now[found], facts)
    if after == before:
        return PlannedRow(number, facts.name, "same", (f"{before.name} is here as it is",))
    now[found] = after
    (plan.new if found in plan.new else plan.changed)[found] = after
    known.add(found, after)
    return PlannedRow(number, facts.name, "joins", (_say_change(found, before, after),))


def _say_change(found: str, before: ColleagueFacts, after: ColleagueFacts) -> str:
    """“Joins Iris Okafor: phone, plans”; a row of the same table is named by its number."""
    changed = [
        HEADINGS.get(one.name, "Takes").lower()
        for one in fields(ColleagueFacts)
        if getattr(before, one.name) != getattr(after, one.name)
    ]
    whom = f"{before.name} in {found}" if found.startswith("row ") else before.name
    return f"Joins {whom}: {', '.join(dict.fromkeys(changed))}"
