"""Requests over HTTP. All that is known of httpx is known here.

A request is sent once and no redirect is followed. Connections are not kept: one that the server closes just as the
next order goes out would leave that order's outcome unknown. Cookies are not kept either.
"""

from __future__ import annotations

import asyncio
import http.cookiejar
import logging
import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from studio.domain.version import VERSION
from studio.providers.calls import CONNECT_S, GAP_S, PLAIN_CAP, WRITE_S, Call, Phase
from studio.providers.failures import Break, Trace, broken, late, over_cap
from studio.providers.lean_httpx import httpx
from studio.providers.offline import is_no_network
from studio.providers.proxies import described, is_usable, proxy_for
from studio.providers.timing import DeadlinePassed, within
from studio.providers.unpacking import BadEncoding, Body, OverCap
from studio.wire.messages import Answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator

    from studio.providers.ports import Receiving
    from studio.providers.surroundings import Surroundings

log = logging.getLogger(__name__)

CHUNK = 1 << 16
"""Bytes of a body that are written at a time: what the time for one write counts for."""
BEAT_S = 0.05
"""How long a piece of an answer may be in memory alone, in seconds."""
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=0)
_UNCONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
_BROKEN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)


def trusted() -> ssl.SSLContext:
    """Certificates are always looked at: Mozilla's list, and what this system trusts beside it."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


class Transport:
    """Used and closed on one loop: the worker's."""

    def __init__(self, world: Surroundings) -> None:
        self.world = world
        self._opened: httpx.AsyncClient | None = None

    async def exchange(self, call: Call) -> Answer:
        """See `http.Http.exchange`."""
        trace = Trace()
        try:
            return await within(self.world.timer, call.seconds, self._exchanged(call, trace))
        except DeadlinePassed as error:
            failure, cause = late(call, trace), error
        except OverCap as error:
            failure, cause = over_cap(call, trace), error
        except (*_BROKEN, BadEncoding) as error:
            failure, cause = broken(call, trace, _break(error, self.world.way_out)), error
        if trace.is_refused:
            return _answer(trace, trace.so_far)
        log.info("a request to %s failed: %r", call.provider, cause)
        raise failure from cause

    async def close(self) -> None:
        """End what goes on. Safe to call twice."""
        if self._opened is not None:
            await self._opened.aclose()
            self._opened = None

    def _client(self) -> httpx.AsyncClient:
        if self._opened is None:
            refusing = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
            self._opened = httpx.AsyncClient(
                transport=_Ways(self.world.trust or trusted),
                follow_redirects=False,
                cookies=http.cookiejar.CookieJar(refusing),
                headers={"User-Agent": f"Overpaint/{VERSION}"},
            )
        return self._opened

    async def _exchanged(self, call: Call, trace: Trace) -> Answer:
        pins = call.pins or (None,)
        for number, pin in enumerate(pins, 1):
            try:
                return await self._sent(call, trace, pin)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                # A name may have addresses that do not answer; nothing was sent, so the next one is asked.
                if number == len(pins):
                    raise
        raise AssertionError("there is always one address to try")

    async def _sent(self, call: Call, trace: Trace, pin: str | None) -> Answer:
        client = self._client()
        response = await client.send(_request(client, call, trace, pin), stream=True)
        try:
            trace.status = response.status_code
            trace.headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
            return _answer(trace, await _read(call, trace, response))
        finally:
            await response.aclose()


class _Ways(httpx.AsyncBaseTransport):
    """The direct way, and one for each proxy that the system's settings have named; with and without encryption.

    What `trust` gives takes some 60 ms to read: a way that asks for no certificate goes without it, and believes none.
    """

    def __init__(self, trust: Callable[[], ssl.SSLContext]) -> None:
        self._trust = trust
        self._trusting: ssl.SSLContext | None = None
        self._ways: dict[tuple[str | None, bool], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        proxy = request.extensions.get("proxy")
        secure = request.url.scheme != "http"
        way = self._ways.get((proxy, secure))
        if way is None:
            context = self._context(secure=secure)
            way = httpx.AsyncHTTPTransport(verify=context, limits=_LIMITS, proxy=self._through(proxy), trust_env=False)
            self._ways[proxy, secure] = way
        return await way.handle_async_request(request)

    def _context(self, *, secure: bool) -> ssl.SSLContext:
        if not secure:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self._trusting is None:
            self._trusting = self._trust()
        return self._trusting

    def _through(self, proxy: str | None) -> httpx.Proxy | None:
        if proxy is None:
            return None
        secure = proxy.startswith("https:")
        return httpx.Proxy(proxy, ssl_context=self._context(secure=True) if secure else None)

    async def aclose(self) -> None:
        for way in self._ways.values():
            await way.aclose()


def _proxy(url: httpx.URL) -> str | None:
    proxy = proxy_for(url.scheme, url.host)
    if proxy is not None and not is_usable(proxy):
        raise httpx.ProxyError(f"the proxy {described(proxy)} is of a kind that is not spoken here")
    return proxy


def _request(client: httpx.AsyncClient, call: Call, trace: Trace, pin: str | None) -> httpx.Request:
    url = httpx.URL(call.message.url)
    headers = [*call.message.headers, ("Accept-Encoding", call.encodings)]
    if call.key is not None:
        headers.append(call.key)
    extensions: dict[str, object] = {"timeout": _timeouts(call), "proxy": _proxy(url)}
    if pin is not None:
        headers.append(("Host", url.netloc.decode("ascii")))
        extensions["sni_hostname"] = url.host
        url = url.copy_with(host=pin)
    if call.message.body:
        headers.append(("Content-Length", str(call.message.length)))
    content = _body(call, trace) if call.message.body else None
    return client.build_request(call.message.method, url, headers=headers, content=content, extensions=extensions)


def _timeouts(call: Call) -> dict[str, float]:
    """While a paid order is worked on there is nothing to send: only the whole has its deadline."""
    gap = call.seconds if call.paid else min(GAP_S, call.seconds)
    return {"connect": CONNECT_S, "write": WRITE_S, "read": gap, "pool": CONNECT_S}


async def _body(call: Call, trace: Trace) -> AsyncIterator[bytes]:
    done, total = 0, call.message.length
    for piece in call.message.body:
        whole = memoryview(piece)
        for start in range(0, len(whole), CHUNK):
            part = bytes(whole[start : start + CHUNK])
            if call.watch is not None and not trace.begun:
                await call.watch.leaving()
            trace.begun = True
            yield part
            done += len(part)
            call.told(Phase.UPLOADING, done, total)
    call.told(Phase.WAITING, 0, None)


async def _read(call: Call, trace: Trace, response: httpx.Response) -> bytes:
    cap = call.cap if response.is_success else PLAIN_CAP
    body = Body(cap, trace.header("content-encoding"))
    trace.body = body
    announced = trace.header("content-length") or ""
    total = int(announced) if announced.isascii() and announced.isdigit() else None
    kept = call.watch.answered(_answer(trace, b"")) if call.watch is not None else None
    with _written(kept) as write:
        async for piece in response.aiter_raw():
            write(piece)
            body.add(piece)
            call.told(Phase.DOWNLOADING, len(body), total)
    return body.whole()


@contextmanager
def _written(kept: Receiving | None) -> Generator[Callable[[bytes], None]]:
    """Takes the pieces of an answer. Each is on the disk soon, even where the server stalls after it."""
    loop = asyncio.get_running_loop()
    pulse: asyncio.TimerHandle | None = None

    def beat() -> None:
        nonlocal pulse
        pulse = None
        if kept is not None:
            kept.rest()

    def write(piece: bytes) -> None:
        nonlocal pulse
        if kept is not None:
            kept.add(piece)
            pulse = pulse or loop.call_later(BEAT_S, beat)

    try:
        yield write
    finally:
        if pulse is not None:
            pulse.cancel()
        if kept is not None:
            kept.close()


def _answer(trace: Trace, body: bytes) -> Answer:
    return Answer(status=trace.status, headers=trace.headers, body=body)


def _break(error: Exception, way_out: Callable[[], bool]) -> Break:
    causes = _causes(error)
    return Break(
        reason=_reason(error),
        detail=f"{type(error).__name__}: {error}",
        certificate=_certificate(error),
        unconnected=isinstance(error, _UNCONNECTED) and not any(isinstance(each, ssl.SSLError) for each in causes),
        offline=is_no_network(causes, way_out),
    )


def _causes(error: BaseException | None) -> list[BaseException]:
    """An error and all that led to it, those of a group too: a name may have several addresses."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        if isinstance(error, BaseExceptionGroup):
            inner = cast("BaseExceptionGroup[BaseException]", error).exceptions
            found += [cause for each in inner for cause in _causes(each)]
        error = error.__cause__ or error.__context__
    return found


def _certificate(error: Exception) -> str | None:
    """Why a certificate was refused, in the words of OpenSSL; None where it was not that."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message or cause.reason or "it cannot be verified"
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return f"no connection within {CONNECT_S:.0f} seconds"
    if isinstance(error, httpx.ProxyError):
        return "the proxy of this system refused"
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError | httpx.InvalidURL):
        return "the address cannot be asked"
    if isinstance(error, httpx.ReadTimeout):
        return f"not a byte for {GAP_S:.0f} seconds"
    causes = _causes(error)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "its name is not known"
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return "nothing listens there"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "it does not speak TLS as it should"
    return "the connection broke"
