from __future__ import annotations

from datetime import UTC, datetime

from form_server.delivery.messages import Composer
from form_server.ledger import DeliveryKind, Promise
from form_server.parcels import ReplyParcel, parcel_from_bytes, parcel_to_bytes

PARCEL = ReplyParcel(
    practice_name="Harbor Street Counseling PLLC",
    subject="Una respuesta de Harbor Street Counseling PLLC",
    words="Hola:\n\nGracias <b>por</b> enviarnos a alguien.\n\nNora Ellison\n(360) 555-0142",
    remark="Si esto le llegó por error, bórrelo.",
    language="es",
)


def test_a_reply_says_the_reviewed_words_under_a_fixed_subject() -> None:
    message = Composer("desk@harborstreet.example").compose(
        PARCEL,
        to="dana@alderfamily.example",
        message_id="<1@harborstreet.example>",
        created_at=datetime(2026, 11, 16, tzinfo=UTC),
        whole=False,
    )

    assert message.subject == PARCEL.subject
    text, page = message.body or "", message.alts["html"]
    for words in ("Gracias <b>por</b> enviarnos a alguien.", "Nora Ellison\n(360) 555-0142"):
        assert words in text
    assert '<html lang="es">' in page
    assert "Gracias &lt;b&gt;por&lt;/b&gt; enviarnos" in page
    assert "Si esto le llegó por error" in text


def test_it_comes_out_of_its_row_as_it_went_in_and_must_not_come_twice() -> None:
    assert parcel_from_bytes(parcel_to_bytes(PARCEL)) == PARCEL
    assert DeliveryKind.REPLY.promise is Promise.AT_MOST_ONCE
