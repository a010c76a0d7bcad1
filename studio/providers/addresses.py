"""Which machines an address names: ours, the house's, or the world's. No name is looked up here."""

from __future__ import annotations

import ipaddress
import re

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NUMERIC = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)
"""What some systems read as an IPv4 address: decimal, octal and hexadecimal numbers, of one to four parts."""
_INWARD = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain")
"""Ends of names that only mean something inside of a house."""
_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 through a gateway (RFC 6052)."""
_HELD_BACK = (
    ipaddress.IPv6Network("2001::/32"),
    ipaddress.IPv6Network("64:ff9b:1::/48"),
    ipaddress.IPv6Network("::/96"),
)
"""Teredo, local translation, IPv4-compatible: tunnels whose end cannot be told."""


def literal(host: str) -> Address | None:
    """The address that a host is, written in the usual way (IPv6 without brackets); None where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_disguised(host: str) -> bool:
    """Whether a host is a number that is not written in the usual way: decimal, octal, hexadecimal, too few parts, a
    dot behind. Nobody honest writes one."""
    return literal(host) is None and _NUMERIC.fullmatch(host) is not None


def is_loopback(host: str) -> bool:
    """Whether this host is this machine, as far as its spelling tells."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    found = literal(name)
    return found is not None and found.is_loopback


def is_public(address: Address) -> bool:
    """Whether this is an address of the open internet, and so is what it wraps (IPv4 in IPv6)."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None or any(address in net for net in _HELD_BACK):
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_public_name(name: str) -> bool:
    """Whether a name can mean a machine of the open internet: plain letters, a dot, and no end that houses use."""
    plain = name.lower().rstrip(".")
    if _NAME.fullmatch(plain) is None:
        return False
    return not any(plain == end or plain.endswith("." + end) for end in _INWARD)
