from __future__ import annotations

import socket

import pytest

from form_server.delivery.addresses import NowherePublic, find_places, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
        "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.216.34",
        "2002:7f00:1::", "2001:0:53aa:64c::", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::a00:1", "::127.0.0.1", "::10.0.0.1", "::8.8.8.8",
    ],
)  # fmt: skip
def test_addresses_that_are_not_out_on_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808"]
)
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "::1", "2130706433", "0x7f.1", "0", "017700000001"]
)
def test_no_way_of_writing_this_machine_leads_to_it(host: str) -> None:
    try:
        places = find_places(host, 443, allow_private=True)
    except socket.gaierror:
        pytest.xfail("the system does not read this as an address")
    assert places
    with pytest.raises(NowherePublic):
        find_places(host, 443, allow_private=False)


def test_places_are_what_is_connected_to() -> None:
    (place,) = find_places("127.0.0.1", 81, allow_private=True)
    assert (place.family, place.address) == (socket.AF_INET, ("127.0.0.1", 81))
