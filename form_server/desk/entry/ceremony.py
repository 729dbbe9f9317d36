"""WebAuthn as the desk uses it: what a device is asked, and whether its answer holds.

A challenge carries its own purpose, end and proof, so nothing is stored when one is handed out; it
is noted when an answer to it is taken, and good once. The device's PRF is asked with one input for
this installation, because whoever signs in with one touch has not said yet who they are; each
passkey has a PRF of its own, so that the same input gives every passkey another answer.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import secrets
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

from form_server.desk.console import Desk
from form_server.keys import Registered
from form_server.ledger import MetChallenge, Passkey
from form_server.vault import PasskeyRefused

if TYPE_CHECKING:
    from webauthn.helpers.structs import AuthenticationCredential, RegistrationCredential

_ANSWERED_WITHIN: Final = timedelta(minutes=5)
_NONCE_BYTES: Final = 16
_END: Final = struct.Struct(">Q")  # seconds since 1970
_PROOF_BYTES: Final = 16
_LONGEST_ANSWER: Final = 12 * 1024
_LONGEST_LABEL: Final = 60
_SIGN_IN: Final = "sign in"
_Checked = TypeVar("_Checked")


@dataclass(frozen=True)
class Answer:
    """A form that the page's script filled in."""

    credential: str = field(repr=False)
    prf: str = field(repr=False)
    label: str = ""


@dataclass(frozen=True)
class Assertion:
    """A device's answer at sign-in, checked; `prf_output` is yet to open the key."""

    sign_count: int
    met: MetChallenge
    prf_output: bytes = field(repr=False)


def relying_party(desk: Desk) -> str | None:
    """The host that passkeys belong to; None where browsers have no passkeys.

    Those are bare IP addresses, and anything but HTTPS except on the machine itself.
    """
    host = urlsplit(desk.public_url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        is_local = host == "localhost" or host.endswith(".localhost")
        return host if desk.is_https or is_local else None
    return None


def ask_to_register(
    desk: Desk, *, user_id: str, email: str, name: str, purpose: str, known: Iterable[Passkey] = ()
) -> dict[str, Any]:
    """What `navigator.credentials.create` takes, as JSON: a passkey that the device itself finds
    and guards, and whose PRF can be asked. Raises PasskeyRefused where there are no passkeys."""
    # Late: a tenth of a second that only passkeys need.
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=_require_party(desk),
        rp_name=desk.practice().name,
        user_id=user_id.encode(),
        user_name=email,
        user_display_name=name,
        challenge=_challenge(desk, purpose),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
    )
    return {**options_to_json_dict(options), "prf": _as_text(_prf_input(desk))}


def ask_to_sign_in(desk: Desk) -> dict[str, Any]:
    """What `navigator.credentials.get` takes, as JSON; any passkey of this host will do."""
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=_require_party(desk),
        challenge=_challenge(desk, _SIGN_IN),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return {**options_to_json_dict(options), "prf": _as_text(_prf_input(desk))}


def ask_for_device(desk: Desk, known: Iterable[Passkey], purpose: str) -> dict[str, Any]:
    """What `navigator.credentials.get` takes, as JSON: one of these passkeys, whose PRF is not
    asked. Raises PasskeyRefused where there are no passkeys."""
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        PublicKeyCredentialDescriptor,
        UserVerificationRequirement,
    )

    options = generate_authentication_options(
        rp_id=_require_party(desk),
        challenge=_challenge(desk, purpose),
        allow_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def check_registration(desk: Desk, answer: Answer, *, purpose: str) -> Registered:
    """A new passkey, checked; raises PasskeyRefused for whatever else was sent."""
    from webauthn import verify_registration_response
    from webauthn.helpers import parse_client_data_json, parse_registration_credential_json

    def verify() -> Registered:
        credential: RegistrationCredential = parse_registration_credential_json(
            _bounded(answer.credential)
        )
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
        met = _recognise(desk, purpose, challenge)
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_require_party(desk),
            expected_origin=desk.origin,
            require_user_verification=True,
        )
        return Registered(
            id=desk.ledger.new_id(),
            credential_id=verified.credential_id,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            label=" ".join(answer.label.split())[:_LONGEST_LABEL] or "Passkey",
            met=met,
            prf_output=_from_text(answer.prf),
        )

    return _checked(verify)


def read_credential_id(answer: Answer) -> bytes:
    """Which passkey answers, as it says itself; raises PasskeyRefused."""
    from webauthn.helpers import parse_authentication_credential_json

    def read() -> bytes:
        credential: AuthenticationCredential = parse_authentication_credential_json(
            _bounded(answer.credential)
        )
        return credential.raw_id

    return _checked(read)


def check_assertion(desk: Desk, passkey: Passkey, answer: Answer) -> Assertion:
    """The device's answer, checked; raises PasskeyRefused, also where its count went backwards."""
    return _check(desk, passkey, answer, _SIGN_IN)


def check_device(desk: Desk, passkey: Passkey, answer: Answer, purpose: str) -> Assertion:
    """The same for a device that was asked as `ask_for_device` asks."""
    return _check(desk, passkey, answer, purpose)


def _check(desk: Desk, passkey: Passkey, answer: Answer, purpose: str) -> Assertion:
    from webauthn import verify_authentication_response
    from webauthn.helpers import parse_authentication_credential_json, parse_client_data_json

    def verify() -> Assertion:
        credential = parse_authentication_credential_json(_bounded(answer.credential))
        whose = credential.response.user_handle
        # A device that was asked for by name need not say whose it is (WebAuthn level 3, 7.2).
        is_named = whose is None and purpose != _SIGN_IN
        if not is_named and whose != passkey.user_id.encode():
            raise PasskeyRefused
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
        met = _recognise(desk, purpose, challenge)
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_require_party(desk),
            expected_origin=desk.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        return Assertion(verified.new_sign_count, met, _from_text(answer.prf))

    return _checked(verify)


def _require_party(desk: Desk) -> str:
    host = relying_party(desk)
    if host is None:
        raise PasskeyRefused
    return host


def _checked(work: Callable[[], _Checked]) -> _Checked:
    """The work's result; whatever a stranger's bytes make of it otherwise is one refusal."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return work()
    except (
        WebAuthnException,
        InvalidSignature,
        UnsupportedAlgorithm,
        ValueError,  # letters that are no base64, JSON or UTF-8, numbers that are no curve's point
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise PasskeyRefused from error


def _bounded(text: str) -> str:
    if len(text) > _LONGEST_ANSWER:
        raise ValueError("longer than any device's answer")
    return text


def _challenge(desk: Desk, purpose: str) -> bytes:
    ends_at = int((desk.clock() + _ANSWERED_WITHIN).timestamp())
    front = secrets.token_bytes(_NONCE_BYTES) + _END.pack(ends_at)
    return front + _proof(desk, purpose, front)


def _recognise(desk: Desk, purpose: str, challenge: bytes) -> MetChallenge:
    """Raises ValueError for a challenge that was not made here, for this, and lately."""
    front, proof = challenge[:-_PROOF_BYTES], challenge[-_PROOF_BYTES:]
    if len(front) != _NONCE_BYTES + _END.size or not hmac.compare_digest(
        proof, _proof(desk, purpose, front)
    ):
        raise ValueError("not a challenge of ours")
    ends_at = datetime.fromtimestamp(_END.unpack(front[_NONCE_BYTES:])[0], UTC)
    if ends_at <= desk.clock():
        raise ValueError("answered too late")
    return MetChallenge(hashlib.sha256(challenge).digest(), ends_at)


def _proof(desk: Desk, purpose: str, front: bytes) -> bytes:
    return desk.server_key.derive("passkey challenge", purpose, front)[:_PROOF_BYTES]


def _prf_input(desk: Desk) -> bytes:
    instance = desk.ledger.meta.instance_id()
    return hashlib.sha256(f"warm-handoff passkey {instance}".encode()).digest()


def _as_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _from_text(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
