"""`/metrics` for Prometheus: counts, states and ages, of no referral in particular.

Everything is read from the ledger when it is asked for, so that each of several processes tells the
same. It is there for whoever has the token, and else for nobody: how many people call a practice is
the practice's own affair.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, abort, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from form_server.disk import DiskWatch
from form_server.ledger import LedgerUnavailable
from form_server.safekeeping.backing_up import MADE_AT
from form_server.services import Services

_MB: Final = 1024 * 1024
_BEARER: Final = "Bearer "


def install_metrics(app: Flask, services: Services, version: str) -> None:
    """Puts `/metrics` into an app; without a token in the settings, it is not there."""
    token = services.settings.watch.metrics_token
    registry = CollectorRegistry()
    registry.register(InstallationCollector(services, version))
    ProcessCollector(registry=registry)

    def show_metrics() -> Response:
        if not token:
            abort(HTTPStatus.NOT_FOUND)
        said = request.headers.get("Authorization", "")
        if not hmac.compare_digest(said.encode(), (_BEARER + token).encode()):
            refusal = {"WWW-Authenticate": "Bearer"}
            return Response("", HTTPStatus.UNAUTHORIZED, refusal)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    app.add_url_rule("/metrics", "metrics", show_metrics)


class InstallationCollector(Collector):
    """The installation at the moment of asking; a ledger that cannot be read is told as a 0."""

    def __init__(self, services: Services, version: str) -> None:
        self._services = services
        self._version = version
        self._disk = DiskWatch.of(services.settings)

    def describe(self) -> Iterable[Metric]:
        """Nothing, so that a registry does not read the ledger to learn the names."""
        return ()

    def collect(self) -> Iterator[Metric]:
        info = Gauge("handoff_info", "The version that runs.", labels=["version"])
        info.add_metric([self._version], 1)
        yield info
        yield from self._machine()
        try:
            yield from self._ledger(self._services.clock())
        except LedgerUnavailable:
            yield Gauge("handoff_ledger_up", "Whether the ledger can be read.", 0)
        else:
            yield Gauge("handoff_ledger_up", "Whether the ledger can be read.", 1)

    def _machine(self) -> Iterator[Metric]:
        delivering = self._services.is_delivering()
        if delivering is not None:
            yield Gauge(
                "handoff_worker_up",
                "Whether the threads of this process that deliver are at work.",
                int(delivering),
            )
        if (free_mb := self._disk.free_mb()) is not None:
            yield Gauge("handoff_disk_free_bytes", "Room left for the state.", free_mb * _MB)
        yield Gauge(
            "handoff_disk_floor_bytes",
            "Below so much room offices are asked to phone.",
            self._disk.floor_mb * _MB,
        )

    def _ledger(self, now: datetime) -> Iterator[Metric]:
        found = self._services.ledger.upkeep.gauges(now)
        made_at = self._services.ledger.meta.get(MADE_AT)
        kinds = Gauge("handoff_referrals", "Referrals in the ledger.", labels=["kind"])
        for kind, count in found.referrals.items():
            kinds.add_metric([kind], count)
        yield kinds
        yield Gauge("handoff_referrals_waiting", "Nobody has tried to call yet.", found.waiting)
        yield Gauge("handoff_referrals_overdue", "Of those, past the promise.", found.overdue)
        yield Gauge("handoff_referrals_aside", "Open, and in quarantine.", found.aside)
        rows = Gauge("handoff_deliveries", "Deliveries by state.", labels=["channel", "state"])
        for (channel, state), count in found.deliveries.items():
            rows.add_metric([channel, state], count)
        yield rows
        late = Gauge(
            "handoff_delivery_lateness_seconds",
            "How long the oldest delivery that is not out yet has been due; 0 when none is.",
            labels=["channel"],
        )
        for channel, due_at in found.oldest_due_at.items():
            late.add_metric([channel], max((now - due_at).total_seconds(), 0.0))
        yield late
        yield Gauge("handoff_audit_unchained", "Entries that wait for the chain.", found.unchained)
        if made_at is not None:
            at = datetime.fromisoformat(made_at).timestamp()
            yield Gauge("handoff_backup_timestamp_seconds", "When the last backup was made.", at)
