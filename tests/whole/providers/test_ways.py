"""Where requests go: never inside for a stranger, through the system's proxy, to good certificates alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.problems import OutcomeLost, ProviderError
from studio.providers.calls import Call, Unsent
from studio.providers.http import Http
from studio.providers.surroundings import Surroundings
from studio.providers.transport import trusted
from studio.wire.messages import Message
from tests.core.providers.hostile import HOSTILE
from tests.whole.providers.house import house, picture
from tests.whole.providers.signed import certificate
from tests.whole.providers.wayside import answer, standing, urls

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

    from tests.whole.providers.house import House
    from tests.whole.providers.signed import Signed

ORDER = "/v1/images/generations"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
PNG = picture(1)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def failed(found: House) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await found.run(found.request("any"))
    return caught.value


def test_edge_40_hostile_addresses_in_an_answer_and_not_one_connection() -> None:
    async def run() -> tuple[list[str], int, list[str], int]:
        async with standing() as bait, standing() as server, house(f"{server.url}/v1", "openai") as found:
            inside = [
                f"https://127.0.0.1:{bait.port}/", f"https://localhost:{bait.port}/", f"http://127.0.0.1:{bait.port}/",
                f"https://[::ffff:127.0.0.1]:{bait.port}/", f"https://2130706433:{bait.port}/",
                f"https://inside.example:{bait.port}/", f"https://half.example:{bait.port}/",
            ]  # fmt: skip
            found.names.known = {"inside.example": ["127.0.0.1"], "half.example": ["93.184.216.34", "127.0.0.1"]}
            codes: list[str] = []
            for url in (*HOSTILE, *inside):
                server.says[ORDER] = urls(url)
                codes.append((await failed(found)).problem.code)
            return codes, bait.connections, found.names.asked, len(server.came)

    codes, connections, asked, posts = asyncio.run(run())
    assert len(codes) >= 60
    # What is no address at all is no picture either; everything else is an address that is refused.
    assert set(codes) <= {"result-address", "answer-unreadable", "answer-empty"}
    assert codes.count("result-address") >= 60
    assert (connections, asked, posts) == (0, ["inside.example", "half.example"], len(codes))


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Signed:
    """One that this system trusts."""
    found = certificate("Authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(found.write(tmp_path)))
    return found


def at_tls(presented: Signed, folder: Path) -> tuple[ProviderError | None, int]:
    async def run() -> tuple[ProviderError | None, int]:
        async with standing(presented.context(folder)) as server, house(f"{server.url}/v1", "openai") as found:
            server.says[ORDER] = urls(f"{server.url}/a.png")
            server.says["/a.png"] = answer(PNG)
            try:
                await found.run(found.request("any"))
            except ProviderError as error:
                return error, len(server.came)
            return None, len(server.came)

    return asyncio.run(run())


def test_a_good_certificate_is_believed(authority: Signed, tmp_path: Path) -> None:
    assert at_tls(certificate("127.0.0.1", by=authority), tmp_path) == (None, 2)


@pytest.mark.parametrize(("flaw", "words"), [
    ("self-signed", "self-signed certificate"),
    ("stranger", "unable to get local issuer certificate"),
    ("expired", "certificate has expired"),
    ("not yet", "certificate is not yet valid"),
    ("another host", "mismatch"),
])  # fmt: skip
def test_a_bad_certificate_is_refused_in_its_own_words(
    flaw: str, words: str, authority: Signed, tmp_path: Path
) -> None:
    presented = {
        "self-signed": lambda: certificate("127.0.0.1"),
        "stranger": lambda: certificate("127.0.0.1", by=certificate("Stranger")),
        "expired": lambda: certificate("127.0.0.1", days=(-30, -1), by=authority),
        "not yet": lambda: certificate("127.0.0.1", days=(1, 30), by=authority),
        "another host": lambda: certificate("192.0.2.7", by=authority),
    }[flaw]()
    error, came = at_tls(presented, tmp_path)
    assert isinstance(error, Unsent)
    assert error.problem.code == "tls-refused"
    assert words in error.problem.what
    assert error.problem.cost == "Nothing was charged."
    assert came == 0


def test_certificates_are_read_once_and_only_where_one_is_asked_for(authority: Signed, tmp_path: Path) -> None:
    asked: list[str] = []

    def trust() -> ssl.SSLContext:
        asked.append("read")
        return trusted()

    async def run() -> list[list[str]]:
        presented = certificate("127.0.0.1", by=authority).context(tmp_path)
        http, after = Http(Surroundings(trust=trust)), list[list[str]]()
        async with standing() as plain, standing(presented) as secure:
            for server in (plain, plain, secure, secure, plain):
                server.says["/a.png"] = answer(PNG)
                message = Message(method="GET", url=f"{server.url}/a.png")
                assert (await http.exchange(Call(message=message, provider="any"))).body == PNG
                after.append(list(asked))
        await http.close()
        return after

    assert asyncio.run(run()) == [[], [], ["read"], ["read"], ["read"]]


def test_a_server_without_tls_is_told_as_that() -> None:
    def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def run() -> ProviderError:
        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, house(f"https://127.0.0.1:{port}/v1", "openai") as found:
            return await failed(found)

    error = asyncio.run(run())
    assert isinstance(error, Unsent)
    assert "does not speak TLS" in error.problem.what


def test_what_was_looked_at_is_connected_to_under_its_own_name(
    authority: Signed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate is held against the name, though the connection goes to the address that was looked at. Only
    this machine can be connected to here, so for once it counts as public."""
    monkeypatch.setattr("studio.providers.guard.is_public", lambda _: True)

    async def run(name: str) -> tuple[ProviderError | None, list[str | None]]:
        context = certificate("cdn.example", by=authority).context(tmp_path)
        async with standing(context) as there, standing() as server, house(f"{server.url}/v1", "openai") as found:
            found.names.known = {name: ["127.0.0.1"]}
            server.says[ORDER] = urls(f"https://{name}:{there.port}/a.png?sig=x%2Fy%20z")
            there.says["/a.png"] = answer(PNG)
            try:
                await found.run(found.request("any"))
            except ProviderError as error:
                return error, [each.header("host") for each in there.came]
            assert there.came[0].target == "/a.png?sig=x%2Fy%20z"
            return None, [each.header("host") for each in there.came]

    error, hosts = asyncio.run(run("cdn.example"))
    assert error is None
    assert [(host or "").partition(":")[0] for host in hosts] == ["cdn.example"]
    error, hosts = asyncio.run(run("other.example"))
    assert isinstance(error, OutcomeLost)
    assert hosts == []


def test_the_systems_proxy_carries_orders_and_judges_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> tuple[ProviderError, list[tuple[str, str]], list[str], str | None]:
        async with standing() as proxy, house("http://provider.example/v1", "openai", plain_http="allowed") as found:
            monkeypatch.setenv("http_proxy", f"http://ada:word@127.0.0.1:{proxy.port}")
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
            proxy.says[f"http://provider.example{ORDER}"] = urls(
                "https://cdn.example/a.png", "https://10.0.0.1/b.png", "https://router/c.png"
            )
            proxy.other = b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
            error = await failed(found)
            came = [(each.method, each.target) for each in proxy.came]
            return error, came, found.names.asked, proxy.came[0].header("proxy-authorization")

    error, came, asked, authorization = asyncio.run(run())
    assert isinstance(error, OutcomeLost)
    assert came[0] == ("POST", f"http://provider.example{ORDER}")
    assert set(came[1:]) == {("CONNECT", "cdn.example:443")}
    assert asked == []
    assert authorization is not None


def test_a_proxy_that_does_not_answer_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run(proxy: str) -> ProviderError:
        async with house("https://provider.example/v1", "openai") as found:
            monkeypatch.setenv("https_proxy", proxy)
            return await failed(found)

    for proxy in ("http://127.0.0.1:9", "socks5://127.0.0.1:9"):
        error = asyncio.run(run(proxy))
        assert isinstance(error, Unsent), proxy
        assert error.problem.code == "unreachable"
