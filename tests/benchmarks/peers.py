"""What others would have built: `python -m tests.benchmarks.peers bare|tutorial PORT FOLDER SMTP_PORT`.

`bare` is the floor under any durable answer: Flask, and one INSERT that SQLite commits to the disk.
It checks, seals and sends nothing.

`tutorial` is the contact form of every Flask-Mail tutorial: SQLAlchemy's ORM, and the mail sent inside
the request. It gets the same server, as many threads, and SQLite's faster and equally durable journal,
so that what remains is the difference in design.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import waitress
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_mail import Mail, Message
from sqlalchemy import event, orm

from form_server.serving import THREADS

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL")


def bare(folder: Path, _smtp_port: int) -> Flask:
    app = Flask("bare")
    database = sqlite3.connect(folder / "bare.db", check_same_thread=False, isolation_level=None)
    for pragma in _PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE referral (id INTEGER PRIMARY KEY, words BLOB NOT NULL)")
    writer = threading.Lock()

    @app.post("/referrals")
    def take() -> ResponseReturnValue:
        words = request.get_data()
        with writer:
            database.execute("INSERT INTO referral (words) VALUES (?)", (words,))
        return {"receipt": "amber-falcon-42"}, 201

    return app


class Base(orm.DeclarativeBase):
    pass


class Referral(Base):
    __tablename__ = "referral"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    referrer_name: orm.Mapped[str]
    referrer_office: orm.Mapped[str]
    referrer_phone: orm.Mapped[str]
    patient_name: orm.Mapped[str]
    patient_phone: orm.Mapped[str]
    reasons: orm.Mapped[str]
    note: orm.Mapped[str]


def tutorial(folder: Path, smtp_port: int) -> Flask:
    app = Flask("tutorial")
    app.config.update(
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=smtp_port,
        MAIL_DEFAULT_SENDER="referrals@harborstreet.example",
    )
    mail = Mail(app)
    engine = sa.create_engine(f"sqlite:///{folder / 'tutorial.db'}")
    event.listen(engine, "connect", _set_up)
    Base.metadata.create_all(engine)
    session = orm.scoped_session(orm.sessionmaker(engine))

    @app.teardown_appcontext
    def end(_error: BaseException | None) -> None:
        session.remove()

    @app.post("/referrals")
    def take() -> ResponseReturnValue:
        form = request.form
        names = Referral.__table__.columns.keys()
        referral = Referral(**{name: form[name] for name in names if name in form})
        session.add(referral)
        session.commit()
        lines = [f"{name}: {form[name]}" for name in ("referrer_name", "referrer_office")]
        mail.send(
            Message(
                f"New referral {referral.id}",
                recipients=["nora@harborstreet.example"],
                body="\n".join(lines),
                html="".join(f"<p>{line}</p>" for line in lines),
            )
        )
        return redirect("/thanks")

    @app.get("/healthz")
    def health() -> ResponseReturnValue:
        return {"status": "ok"}

    return app


def _set_up(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


PEERS: dict[str, Callable[[Path, int], Flask]] = {"bare": bare, "tutorial": tutorial}

if __name__ == "__main__":
    _, name, port, folder, smtp_port = sys.argv
    waitress.serve(
        PEERS[name](Path(folder), int(smtp_port)), host="127.0.0.1", port=int(port), threads=THREADS
    )
