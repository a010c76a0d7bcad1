"""The system's proxy: which one a request takes, if any."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlsplit, urlunsplit

from studio.providers.addresses import is_loopback

_PORTS = {"http": 80, "https": 443}


def proxy_for(scheme: str, host: str) -> str | None:
    """The address of the proxy that a request to this host goes through, None where it goes directly.

    As the system's settings say: the environment, on Windows and macOS the system's own. What runs on this machine is
    never asked for through a proxy.
    """
    if is_loopback(host):
        return None
    known = urllib.request.getproxies()
    address = known.get(scheme) or known.get("all")
    if not address or urllib.request.proxy_bypass(host):
        return None
    return address if "://" in address else f"http://{address}"


def proxy_machine(scheme: str, host: str) -> tuple[str, int] | None:
    """Host and port of the proxy that a request to this host goes through, None where it goes directly."""
    proxy = proxy_for(scheme, host)
    if proxy is None:
        return None
    parts = urlsplit(proxy)
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 1080)


def is_usable(proxy: str) -> bool:
    """Whether we can speak to a proxy of this kind (HTTP and HTTPS; not SOCKS)."""
    return urlsplit(proxy).scheme in _PORTS


def described(proxy: str | None) -> str:
    """A proxy as it may be shown, without the name and password in it."""
    if proxy is None:
        return "none"
    parts = urlsplit(proxy)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
