"""The promises, held against what the run has left: each one that is broken is named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from form_server.ledger import ChainBroken, Channel, Delivery, DeliveryState, Ledger, Promise
from form_server.ledger.rows import OUTWARD
from tests.smtp_faults import Received
from tests.torture.aftermath import EMAIL, Aftermath
from tests.torture.opened import Opened, open_all, referral_behind
from tests.torture.postings import Posting
from tests.torture.words import MARKERS, unlike

LEAST_ACCEPTED: Final = 0.995


class Verdict:
    """Reads the ledger once; `broken` says what does not hold, in words, empty when all does."""

    def __init__(self, after: Aftermath, ledger: Ledger) -> None:
        self.after = after
        self._ledger = ledger
        self.opened = open_all(ledger, EMAIL, after.server.passphrase)
        self.rows = {one.message_id: one for held in self.opened for one in held.deliveries}
        self.mails: dict[str, list[tuple[int, Received]]] = defaultdict(list)
        for place, mail in enumerate(after.relay.received):
            self.mails[mail.message_id].append((place, mail))
        self._by_name: dict[object, list[Opened]] = defaultdict(list)
        for held in self.opened:
            self._by_name[(held.words or {}).get("patient_name")].append(held)
        self.lost = sum(any(self._lost(one)) for one in after.book.postings)
        self.broken = tuple(self._broken())

    @property
    def accepted_share(self) -> float:
        """Of the requests that began and ended while the server was up, the part that was accepted.

        Up means: from its first answer to `/healthz` until just before the signal that ended it.
        A request that was under way at a signal counts for neither side, whatever became of it.
        """
        lives = self.after.lives
        tries = [t for one in self.after.book.postings for t in lives.up_tries(one.tries)]
        return sum(t.status in (201, 303) for t in tries) / len(tries) if tries else 0.0

    @property
    def twice(self) -> int:
        """Mails that came again."""
        return sum(len(mails) - 1 for mails in self.mails.values())

    def _broken(self) -> Iterator[str]:
        yield from self._run_itself()
        yield from self._accepted()
        for posting in self.after.book.postings:
            yield from self._lost(posting)
        yield from self._nothing_else_is_kept()
        for row in self.rows.values():
            if row.channel is Channel.EMAIL and row.due_at <= datetime.now(UTC):
                yield from self._delivered(row)
        yield from self._stuck_only_when_refused()
        yield from self._repeats_are_the_same()
        yield from self._nothing_leaks()

    def _run_itself(self) -> Iterator[str]:
        after = self.after
        if after.undelivered:
            yield f"{after.undelivered} deliveries were still due when patience ended"
        for code in after.bad_exits:
            yield f"an orderly stop ended with code {code}"
        try:
            self._ledger.audit.verify()
        except ChainBroken as error:
            yield str(error)

    def _accepted(self) -> Iterator[str]:
        if self.accepted_share < LEAST_ACCEPTED:
            yield f"only {self.accepted_share:.2%} of the requests were accepted while it was up"
        for posting in self.after.book.postings:
            for refusal in posting.refusals:
                yield f"posting {posting.number} was refused: {refusal}"

    def _lost(self, posting: Posting) -> Iterator[str]:
        """What was promised to this office and does not hold."""
        who = f"posting {posting.number}"
        held = self._by_name.get(posting.words["patient_name"], [])
        if len(held) > 1:
            yield f"{who} is in the ledger {len(held)} times"
        if not posting.was_accepted:
            return
        if len(posting.tokens) > 1:
            yield f"{who} was given {len(posting.tokens)} status links"
        for token in posting.tokens:
            referral = referral_behind(self._ledger, token)
            if referral is None:
                yield f"{who} was accepted, and the ledger does not know its link"
            elif [one.referral.id for one in held] != [referral.id]:
                yield f"{who}: the envelope does not open to what was posted"
            elif not posting.receipts <= {referral.receipt}:
                yield f"{who} was given a receipt that the ledger does not hold"
        for one in held:
            if wrong := unlike(posting.words, one.words or {}):
                yield f"{who}: the envelope says something else in {', '.join(wrong)}"
            kinds = [row.kind.promise for row in one.deliveries]
            if Promise.AT_LEAST_ONCE not in kinds:
                yield f"{who} was accepted, and nobody is told of it"

    def _nothing_else_is_kept(self) -> Iterator[str]:
        posted = {one.words["patient_name"] for one in self.after.book.postings}
        for name, held in self._by_name.items():
            if name not in posted:
                ids = ", ".join(one.referral.id for one in held)
                yield f"the ledger holds what nobody posted, or it does not open: {ids}"

    def _delivered(self, row: Delivery) -> Iterator[str]:
        what = f"{row.kind} {row.id}"
        count = len(self.mails.get(row.message_id, ()))
        repeatable = row.kind.promise is Promise.AT_LEAST_ONCE
        if repeatable and count == 0:
            yield f"{what} ({row.state}) was never received"
        if not repeatable and count > 1:
            yield f"{what} was received {count} times, and may be once"
        if row.state is DeliveryState.SENT and count == 0:
            yield f"{what} is held to be sent, and never came"
        if row.state is DeliveryState.STUCK:
            yield f"{what} is stuck although the mail server behaves"
        if row.state is DeliveryState.UNKNOWN:
            if repeatable:
                yield f"{what} is unknown, and would have to be tried again"
            elif not self.after.weather.was_cut(row.address):
                yield f"{what} is unknown, and nothing was cut"

    def _stuck_only_when_refused(self) -> Iterator[str]:
        refused = self.after.weather.refused_for_good
        for address, count in Counter(self.after.stuck.values()).items():
            if count > refused[address] + refused[""]:
                yield f"{count} mails to {address} were stuck after {refused[address]} refusals"

    def _repeats_are_the_same(self) -> Iterator[str]:
        weather = self.after.weather
        for message_id, mails in self.mails.items():
            row = self.rows.get(message_id)
            # Once an office has its receipt, or an answer, its address is forgotten.
            is_forgotten = row is not None and row.kind in OUTWARD and not row.address
            whom = {mail.recipients for _, mail in mails}
            if row is None or len(whom) != 1 or (whom != {(row.address,)} and not is_forgotten):
                yield f"a mail {message_id} came that no row asked for, or to somebody else"
            if len({mail.data for _, mail in mails}) > 1:
                yield f"the mail {message_id} changed between two attempts"
            for (place, first), (_, second) in pairwise(mails):
                unheard = weather.died_unheard(first, second)
                if not (unheard or weather.taken_unanswered[place]):
                    yield f"the mail {message_id} came again although it had been answered"

    def _nothing_leaks(self) -> Iterator[str]:
        for leak in sorted(set(self.after.leaks)):
            yield f"a patient can be read in {leak}"
        for mail in self.after.relay.received:
            if any(marker in mail.data for marker in MARKERS):
                yield f"a patient can be read in the mail {mail.message_id}"
