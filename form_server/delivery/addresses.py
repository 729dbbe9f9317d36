"""Which machine a web address leads to, and whether something may be sent there.

An address that is typed in by a user must not reach the machines behind the firewall. The check is
made on what the name resolves to, and the connection goes to that very address: a name that
answers differently a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: IPv4 as IPv6-only networks see it
_HERE_ONLY: Final = (
    ipaddress.IPv6Network("::/96"),  # RFC 4291, 2.5.5.1: IPv4 dressed up, and given up
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # RFC 8215: translation within one's own network
)


@dataclass(frozen=True)
class Place:
    """A socket address that was looked at."""

    family: int
    address: tuple[str, int] | tuple[str, int, int, int]


class NowherePublic(Exception):
    """Every address of the host is one that must not be reached."""


def find_places(host: str, port: int, *, allow_private: bool) -> tuple[Place, ...]:
    """Where `host` is, as the system resolves it; never empty.

    Raises OSError when it cannot be resolved, UnicodeError for no host's name, NowherePublic.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = [Place(family, address) for family, _, _, _, address in found]  # type: ignore[arg-type]
    if allow_private:
        return tuple(places)
    public = tuple(place for place in places if is_public(place.address[0]))
    if not public:
        raise NowherePublic
    return public


def is_public(raw: str) -> bool:
    """Whether an IP address is out on the internet, and says so plainly.

    IPv4 in the clothes of IPv6 (mapped, 6to4, Teredo) is no address that a public server has; only
    the translation of NAT64 is, and it is judged by what is inside.
    """
    address: IPAddress = ipaddress.ip_address(raw.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)))
        if address.ipv4_mapped or address.sixtofour or address.teredo:
            return False
        if address.is_site_local or any(address in network for network in _HERE_ONLY):
            return False
    return address.is_global and not address.is_multicast
