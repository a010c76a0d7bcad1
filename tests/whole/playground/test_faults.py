"""Faults do what they say, to the request that they are meant for, and the ledger tells what was done before them."""

from __future__ import annotations

import http.client
import json
import socket
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from studio.playground.faults import (
    End,
    Fault,
    Place,
    bomb,
    count,
    cut,
    drip,
    false_length,
    late,
    page,
    redirect,
    refuse,
    rewritten,
    swapped,
    too_many,
)
from tests.whole.playground.speaking import picture

if TYPE_CHECKING:
    from studio.playground.server import Playground
    from tests.whole.playground.speaking import Client

PATH = "/naga/v1/images/generations"
ASKED = {"model": "flux-1-schnell:free", "prompt": "x", "size": "64x64"}


def raw(playground: Playground, upload: bytes = b"") -> socket.socket:
    """A connection on which the usual order was sent."""
    body = json.dumps(ASKED).encode() + upload
    place = urlsplit(playground.url)
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {playground.key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    link = socket.create_connection((place.hostname, place.port), timeout=10)
    try:
        link.sendall(head.encode() + body)
    except OSError:
        link.close()
        raise
    return link


def everything(link: socket.socket) -> bytes:
    """All bytes until the other side closes."""
    pieces = [b""]
    with link:
        while piece := link.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


def test_a_refusal_is_free_and_comes_once(client: Client, playground: Playground) -> None:
    playground.faults.add(refuse(503, "upstream source"), too_many("7"), refuse(500, billed=True))
    assert client.post(PATH, ASKED).body == b"upstream source"
    limited = client.post(PATH, ASKED)
    assert (limited.status, limited.headers["retry-after"], limited.code) == (429, "7", "rate_limit_exceeded")
    assert len(playground.ledger) == 0
    assert (client.post(PATH, ASKED).status, len(playground.ledger)) == (500, 1)
    assert (client.post(PATH, ASKED).status, len(playground.ledger)) == (200, 2)
    assert [asked.status for asked in playground.requests] == [503, 429, 500, 200]


def test_a_fault_meets_the_request_that_it_is_meant_for(client: Client, playground: Playground) -> None:
    def second(asked: object) -> bool:
        return len(playground.requests) == 3

    playground.faults.add(Fault(path="models", method="GET", times=2, instead=refuse(500).instead))
    playground.faults.add(Fault(when=second, times=None, instead=refuse(418).instead))
    assert [client.get("/v1/models").status for _ in range(3)] == [500, 500, 200]
    playground.requests.clear()
    assert [client.post(PATH, ASKED).status for _ in range(4)] == [200, 200, 418, 200]
    playground.faults.clear()
    assert playground.faults.script == []


@pytest.mark.parametrize("place", [Place.START, Place.HEADERS, Place.BODY])
def test_a_reset_is_felt_wherever_it_comes_and_was_billed(playground: Playground, place: Place) -> None:
    playground.faults.add(cut(place))
    link = raw(playground)
    with pytest.raises(ConnectionResetError):
        everything(link)
    assert len(playground.ledger) == 1


def test_a_reset_while_the_request_arrives_is_not_billed(playground: Playground) -> None:
    playground.faults.add(cut(Place.UPLOAD))
    with pytest.raises(ConnectionError):
        everything(raw(playground, bytes(5_000_000)))
    assert len(playground.ledger) == 0
    assert playground.requests == []


@pytest.mark.parametrize(
    ("place", "whole"), [(Place.START, b""), (Place.HEADERS, b"HTTP/1.1 200"), (Place.BODY, b'\r\n\r\n{"created":1')]
)
def test_a_closed_connection_leaves_what_came_before(playground: Playground, place: Place, whole: bytes) -> None:
    playground.faults.add(cut(place, End.CLOSE, after=12))
    heard = everything(raw(playground))
    assert heard.startswith(whole) if place is not Place.BODY else whole in heard
    assert (b"\r\n\r\n" in heard) is (place is Place.BODY)


def test_a_stall_keeps_the_connection_open(playground: Playground) -> None:
    playground.faults.add(cut(Place.BODY, End.STALL, after=12))
    with raw(playground) as link:
        heard = b""
        while not heard.endswith(b'{"created":1'):
            heard += link.recv(1)
        link.settimeout(0.1)
        with pytest.raises(TimeoutError):
            link.recv(1)


def test_drops_and_a_late_answer_take_their_time(client: Client, playground: Playground) -> None:
    playground.faults.add(drip(40, 0.01), late(0.2))
    slow = everything(raw(playground))
    assert json.loads(slow.partition(b"\r\n\r\n")[2])["data"]
    with raw(playground) as link:
        link.settimeout(0.1)
        with pytest.raises(TimeoutError):
            link.recv(1)
        link.settimeout(10)
        assert link.recv(12) == b"HTTP/1.1 200"
    assert len(playground.ledger) == 2


def test_a_length_that_is_not_the_length(client: Client, playground: Playground) -> None:
    playground.faults.add(false_length(100), false_length(-10))
    with pytest.raises(http.client.IncompleteRead):
        client.post(PATH, ASKED)
    short = client.post(PATH, ASKED)
    with pytest.raises(json.JSONDecodeError):
        assert short.json


def test_pages_and_turns(client: Client, playground: Playground) -> None:
    playground.faults.add(
        page(200, "Welcome"), page(502, "Bad Gateway", "cloudflare"), redirect("https://evil.example/")
    )
    welcome, gateway, turn = (client.post(PATH, ASKED) for _ in range(3))
    assert (welcome.status, welcome.headers["content-type"], b"<h1>Welcome" in welcome.body) == (200, "text/html", True)
    assert (gateway.status, gateway.headers["server"]) == (502, "cloudflare")
    assert (turn.status, turn.headers["location"]) == (307, "https://evil.example/")
    assert len(playground.ledger) == 0


def test_the_number_of_pictures_need_not_be_what_was_asked(client: Client, playground: Playground) -> None:
    playground.faults.add(count(5), count(0), count(1))
    assert [len(client.post(PATH, ASKED | {"n": 2}).json["data"]) for _ in range(3)] == [5, 0, 1]
    assert [charge.count for charge in playground.ledger.charges] == [2, 2, 2]


def test_base64_for_an_address_and_the_reverse(client: Client, playground: Playground) -> None:
    playground.faults.add(swapped(), swapped())
    assert "b64_json" in client.post(PATH, ASKED | {"response_format": "url"}).json["data"][0]
    url = client.post(PATH, ASKED | {"response_format": "b64_json"}).json["data"][0]["url"]
    assert client.get(url.removeprefix(playground.url), authorization=None).status == 200


def test_json_of_other_types(client: Client, playground: Playground) -> None:
    playground.faults.add(
        rewritten(lambda value: [value]),
        rewritten(lambda value: value | {"data": "none", "created": "now"}),
        rewritten(lambda value: {"error": {"message": "sorry"}}),
    )
    first, second, third = (client.post(PATH, ASKED) for _ in range(3))
    assert isinstance(first.json, list)
    assert second.json["data"] == "none"
    assert (third.status, third.json["error"]["message"]) == (200, "sorry")


def test_a_bomb_unpacks_to_what_was_asked_for(client: Client, playground: Playground) -> None:
    playground.faults.add(bomb(50))
    heard = client.post(PATH, ASKED)
    assert heard.headers["content-encoding"] == "gzip"
    assert len(heard.body) < 200_000
    assert len(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(heard.body)) == 50_000_000


@pytest.mark.parametrize("status", [403, 404, 410])
def test_addresses_expire_on_demand_and_by_time(client: Client, playground: Playground, status: int) -> None:
    path = client.post(PATH, ASKED).json["data"][0]["url"].removeprefix(playground.url)
    playground.results.expired = status
    assert client.get(path, authorization=None).status == status
    playground.results.expired = None
    assert client.get(path, authorization=None).status == 200
    playground.results.lifetime_s = -1
    assert client.get(path, authorization=None).status == 403


def test_a_picture_is_not_given_to_whoever_shows_a_credential(client: Client, playground: Playground) -> None:
    path = client.post(PATH, ASKED).json["data"][0]["url"].removeprefix(playground.url)
    for name in ("authorization", "x_api_key", "cookie"):
        assert client.get(path, **({"authorization": None} | {name: "x"})).status == 400


def test_pictures_may_be_at_another_port(client: Client, playground: Playground) -> None:
    playground.rules.results_elsewhere = True
    url = urlsplit(client.post(PATH, ASKED).json["data"][0]["url"])
    assert f"http://{url.netloc}" == playground.world.origins[1] != playground.url
    link = http.client.HTTPConnection(url.netloc, timeout=10)
    link.request("GET", url.path)
    assert link.getresponse().read().startswith(b"\x89PNG")
    link.close()


def test_the_log_tells_all_that_came(client: Client, playground: Playground) -> None:
    image = picture()
    client.form("/api/v1/images/edits", ("prompt", "x"), ("image", ("a.png", "image/png", image)), x_odd="1")
    (asked,) = playground.requests
    assert (asked.method, asked.path, asked.status, asked.header("x-odd")) == ("POST", "/api/v1/images/edits", 200, "1")
    assert asked.fields == [("prompt", "x")]
    assert [(file.name, file.filename, file.data) for file in asked.files] == [("image", "a.png", image)]
    assert playground.key not in repr(playground.ledger)


def test_several_requests_go_over_one_connection(playground: Playground) -> None:
    link = http.client.HTTPConnection(urlsplit(playground.url).netloc, timeout=10)
    for _ in range(3):
        link.request("GET", "/api/v1/images/models")
        assert link.getresponse().read()
    link.close()
    assert len(playground.requests) == 3


def test_what_is_no_http_is_left(playground: Playground) -> None:
    place = urlsplit(playground.url)
    link = socket.create_connection((place.hostname, place.port), timeout=10)
    link.sendall(b"\x16\x03\x01 no request\r\n\r\n")
    assert everything(link) == b""
    assert playground.requests == []
