"""The run: a real server with a bad mail server and busy offices, killed and launched again."""

from __future__ import annotations

import random
import signal
import time
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final

from form_server.ledger import Channel, DeliveryState, Ledger, Recipient
from form_server.vault import ServerKey
from tests.form_server.delivery.certificates import make_certificate
from tests.house.server_process import ServerProcess
from tests.smtp_faults import FaultySmtpServer, Stage
from tests.torture.aftermath import EMAIL, Aftermath, Order
from tests.torture.clients import Client, make_posting
from tests.torture.fleet import Fleet
from tests.torture.lives import Lives
from tests.torture.postings import Book
from tests.torture.replies import Replies
from tests.torture.strikes import Moment, Strike, Trigger, plan_strikes
from tests.torture.weather import Weather
from tests.torture.words import MARKERS

_RECIPIENTS: Final = (EMAIL, "desk@harborstreet.example", "cover@harborstreet.example")
_ACCOUNT: Final = ("handoff", "correct horse")
_PATIENCE_S: Final = 3.0  # for a strike's moment to come
_CALM_S: Final = 2.0  # for what was pending at a kill to go out
_CALM_CHANCE: Final = 0.5
_ONE_ALONE: Final = 1 / 3
_OUT_S: Final = 2.0
_LOOKS: Final = 25  # at the files that a killed server leaves
_CLIENTS_WITHIN_S: Final = 120.0
_DRAINED_WITHIN_S: Final = 240.0


class Aim(Enum):
    """Whom a strike hits."""

    ALL = auto()
    WORKER = auto()
    STORE = auto()


class Storm:
    """Raises what goes wrong with the run itself; broken promises are for the verdict."""

    def __init__(self, order: Order, home: Path) -> None:
        self._order = order
        self._chance = random.Random(order.seed)
        self._strikes = plan_strikes(order.kills, self._chance)
        certificate = make_certificate(home)
        relay = FaultySmtpServer(
            starttls=certificate.server_context(), accounts={_ACCOUNT[0]: _ACCOUNT[1]}
        )
        relay.start()
        weather = Weather(
            random.Random(self._chance.random()), several=order.webs + order.workers > 1
        )
        relay.choose = weather.choose
        postings = random.Random(self._chance.random())
        mail = {
            "HANDOFF_MAIL_USE_TLS": "1",
            "HANDOFF_MAIL_CA_FILE": str(certificate.trust),
            "HANDOFF_MAIL_USERNAME": _ACCOUNT[0],
            "HANDOFF_MAIL_PASSWORD": _ACCOUNT[1],
        }
        database = f"sqlite:///{home / 'var' / 'handoff.db'}"
        if order.postgres is not None:
            database = mail["HANDOFF_DATABASE_URL"] = order.postgres.new_database()
        server = ServerProcess(home, relay.port, more_env=mail)
        self._after = Aftermath(
            order=order,
            home=home,
            database=database,
            server=server,
            fleet=Fleet.of(server, order.webs, order.workers),
            relay=relay,
            weather=weather,
            lives=Lives(),
            book=Book(order.referrals, lambda number: make_posting(number, postings)),
        )
        self._trigger: Trigger | None = None

    def run(self) -> Aftermath:
        after = self._after
        try:
            after.server.init()
            self._name_recipients()
            clients = self._clients()
            share = max(1, self._order.referrals // (self._order.kills + 1))
            for number, strike in enumerate(self._strikes):
                self._live_and_die(strike, share, self._aim(number))
                self._look_for_markers(number)
            self._launch(calm=False)
            after.book.grant(self._order.referrals)
            for client in clients:
                client.join(_CLIENTS_WITHIN_S)
            self._clear_up()
        finally:
            after.fleet.kill()
            after.relay.stop()
        self._note_leaks()
        return after

    def _aim(self, number: int) -> Aim:
        """Outages evenly among the strikes; on workers alone, a third of the rest."""
        order = self._order
        if order.outages and number % (order.kills // order.outages) == 1:
            return Aim.STORE
        return Aim.WORKER if order.workers and self._chance.random() < _ONE_ALONE else Aim.ALL

    def _live_and_die(self, strike: Strike, share: int, aim: Aim) -> None:
        after = self._after
        calm = not strike.needs_new_connection and self._chance.random() < _CALM_CHANCE
        if not calm:
            self._arm(strike)  # before the start, or the first connection would be missed
        self._launch(calm=calm)
        if calm:
            self._await_quiet()
            self._arm(strike)
        after.book.grant(share)
        trigger = self._trigger
        assert trigger is not None
        after.lives.current.strike = strike
        if strike.stage is Stage.QUIT:
            time.sleep(self._chance.uniform(0.2, 0.5))  # for a connection to part from
            after.lives.fall()
            after.fleet.signal(signal.SIGTERM)
        if strike.moment is Moment.RANDOM:
            trigger.pull()
        after.lives.current.struck_in_time = trigger.wait(_PATIENCE_S)
        time.sleep(strike.delay_s)
        if strike.stage is Stage.QUIT or aim is Aim.ALL:
            if strike.stage is not Stage.QUIT:
                after.lives.fall()
            after.fleet.kill()
        elif aim is Aim.WORKER:
            after.fleet.kill_one_worker(self._chance)  # the others go on
        else:
            self._store_fails()
        after.weather.process_died()
        self._trigger = None

    def _store_fails(self) -> None:
        """PostgreSQL ends at once and comes back; no process of ours ends with it."""
        after, postgres = self._after, self._order.postgres
        assert postgres is not None
        after.lives.fall()
        after.weather.process_died()  # whose mark of life broke off is as good as dead
        postgres.crash()
        time.sleep(self._chance.uniform(0.1, _OUT_S))
        after.weather.process_died()  # what was answered meanwhile could not be written down
        postgres.start()

    def _arm(self, strike: Strike) -> None:
        trigger = self._trigger = Trigger(strike)
        if strike.stage is not None:
            self._after.weather.arm(strike, trigger.pull)

    def _launch(self, *, calm: bool) -> None:
        after = self._after
        after.weather.calm = calm
        if self._trigger is None:
            after.weather.disarm()
        after.lives.launch(calm=calm)
        after.fleet.start()
        after.lives.rise()

    def _await_quiet(self) -> None:
        """Until the mail server has had nothing to take for a moment."""
        end = time.monotonic() + _CALM_S
        taken = -1
        while time.monotonic() < end and taken != len(self._after.relay.received):
            taken = len(self._after.relay.received)
            time.sleep(0.25)

    def _clients(self) -> list[Client]:
        after = self._after
        key = ServerKey.load(after.server.var / "server.key")
        replies = Replies(after.open_ledger, key)

        def see(moment: Moment) -> None:
            if self._trigger is not None:
                self._trigger.see(moment)

        clients = [
            Client(
                after.fleet.ports[number % len(after.fleet.ports)],
                after.book,
                after.lives,
                random.Random(self._chance.random()),
                see,
                replies.consider,
            )
            for number in range(self._order.clients)
        ]
        for client in clients:
            client.start()
        return clients

    def _name_recipients(self) -> None:
        """Three are told of each referral, so that the mail server can refuse one of them."""
        with self._after.open_ledger() as ledger:
            (inbox,) = ledger.inboxes.all()
            told = [
                Recipient(ledger.new_id(), inbox.id, Channel.EMAIL, address, place, None)
                for place, address in enumerate(_RECIPIENTS)
            ]
            ledger.inboxes.set_recipients(inbox.id, told, actor="command")

    def _clear_up(self) -> None:
        """The mail server is mended, what it refused for good is tried again by hand."""
        after = self._after
        after.weather.calm = True
        after.lives.fall()
        after.fleet.kill()  # a stop would wait for a mail server that hangs
        after.weather.process_died()
        with after.open_ledger() as ledger:
            now = datetime.now(UTC)
            for one in ledger.deliveries.troubled():
                if one.state is DeliveryState.STUCK:
                    after.stuck[one.id] = one.address
                    ledger.deliveries.try_again(one.id, now, actor="command")
        self._launch(calm=True)
        with after.open_ledger() as ledger:
            end = time.monotonic() + _DRAINED_WITHIN_S
            while (due := _still_due(ledger)) and time.monotonic() < end:
                time.sleep(0.1)
        after.undelivered = due
        self._stop()

    def _stop(self) -> None:
        self._after.lives.fall()
        self._after.bad_exits.extend(code for code in self._after.fleet.stop() if code)

    def _look_for_markers(self, number: int) -> None:
        if number % max(1, self._order.kills // _LOOKS) == 0:
            self._note_leaks()

    def _note_leaks(self) -> None:
        after = self._after
        files = [
            *(one.log for one in after.fleet.all),
            *(path for path in after.server.var.rglob("*") if path.is_file()),
        ]
        for path in files:
            try:
                content = path.read_bytes().lower()
            except FileNotFoundError:  # a client's ledger was the last to close
                continue
            for marker in MARKERS:
                if marker.lower() in content:
                    after.leaks.append(f"{path.name}: {marker.decode()}")


def _still_due(ledger: Ledger) -> int:
    """Rows that are under way or should be; what lies in the future on purpose is not counted."""
    counts = ledger.deliveries.counts()
    busy = (DeliveryState.SENDING, DeliveryState.TRANSMITTING, DeliveryState.RETRYING)
    under_way = sum(counts[state] for state in busy)
    first = ledger.queue.next_due_at(Channel.EMAIL)
    return under_way + (first is not None and first <= datetime.now(UTC))
