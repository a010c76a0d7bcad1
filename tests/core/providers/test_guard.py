"""Which addresses a server may name, judged without a single connection."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.addresses import is_public
from studio.providers.guard import AddressRefused, NameUnknown, pinned, shown_host, target_of
from tests.core.providers.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.providers.guard import Resolver

FAR = "https://api.provider.example"
HERE = "http://127.0.0.1:8080"


def answering(*addresses: str) -> Resolver:
    async def resolver(host: str, port: int, /) -> Sequence[str]:
        return addresses

    return resolver


@pytest.mark.parametrize("url", HOSTILE)
def test_edge_40_hostile_addresses_are_refused_by_their_spelling(url: str) -> None:
    with pytest.raises(AddressRefused):
        target_of(url, FAR)


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("url", [
    "https://cdn.provider.example/a.png?sig=x%2Fy",
    "https://bucket.s3.eu-west-1.amazonaws.com:8443/a.png",
    "https://1.1.1.1/a.png",
    "https://[2606:4700::1111]/a.png",
    "https://xn--bcher-kva.example/a.png",
])  # fmt: skip
def test_the_open_internet_is_let_in(url: str) -> None:
    assert target_of(url, FAR).url == url


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/results/a.png", "http://localhost:8080/a.png"])
def test_the_profiles_own_host_and_port_may_be_anywhere(url: str) -> None:
    assert target_of(url, HERE).own


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:8081/a.png",
    "http://127.0.0.1/a.png",
    "https://127.0.0.1/a.png",
    "http://10.0.0.1:8080/a.png",
    "http://pictures.example:8080/a.png",
])  # fmt: skip
def test_and_nothing_else_beside_it(url: str) -> None:
    with pytest.raises(AddressRefused):
        target_of(url, HERE)


def test_a_secure_profile_is_never_answered_in_plain_http() -> None:
    with pytest.raises(AddressRefused):
        target_of("http://api.provider.example:443/a.png", FAR)


@pytest.mark.parametrize("found", [
    ["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], ["::ffff:169.254.169.254"], ["fe80::1%eth0"], ["nonsense"],
])  # fmt: skip
def test_edge_40_a_name_that_leads_inside_is_refused_whole(found: list[str]) -> None:
    target = target_of("https://pictures.example/a.png", FAR)
    with pytest.raises(AddressRefused):
        asyncio.run(pinned(target, answering(*found)))


def test_what_was_looked_at_is_what_is_connected_to() -> None:
    target = target_of("https://pictures.example/a.png", FAR)
    found = asyncio.run(pinned(target, answering("93.184.216.34", "2606:4700::1111")))
    assert found == ("93.184.216.34", "2606:4700::1111")


def test_a_name_that_nobody_knows_is_told_apart() -> None:
    async def unknown(host: str, port: int, /) -> Sequence[str]:
        raise OSError("no such name")

    target = target_of("https://pictures.example/a.png", FAR)
    for resolver in (unknown, answering()):
        with pytest.raises(NameUnknown):
            asyncio.run(pinned(target, resolver))


def test_the_profiles_own_machine_is_not_looked_up() -> None:
    assert asyncio.run(pinned(target_of("http://localhost:8080/a", HERE), answering())) == ()


@given(st.ip_addresses(v=4))
def test_wrapped_addresses_are_judged_as_what_they_wrap(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    translated = ipaddress.IPv6Address((0x64FF9B << 96) | number)
    tunnelled = ipaddress.IPv6Address((0x2002 << 112) | (number << 80))
    assert is_public(mapped) == is_public(translated) == is_public(tunnelled) == is_public(inner)


@given(st.text(max_size=80))
def test_any_text_is_judged_and_never_a_crash(text: str) -> None:
    for url in (text, f"https://{text}"):
        shown_host(url)
        with contextlib.suppress(AddressRefused):
            assert target_of(url, FAR).scheme == "https"
