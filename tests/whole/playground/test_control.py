"""What a playground tells and is told over HTTP, as one that runs in a process of its own must be."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

import pytest

from studio.playground.exchange import Asked
from studio.playground.world import KEPT_BYTES, Billing, World
from tests.whole.playground.speaking import picture, url_of

if TYPE_CHECKING:
    from studio.playground.server import Playground
    from tests.whole.playground.speaking import Client

PATH = "/api/v1/images"
ASKED = {"model": "gpt-image-2", "prompt": "x"}


def test_the_ledger_is_told_to_anyone_without_a_key_in_it(client: Client, playground: Playground) -> None:
    client.post(PATH, ASKED | {"n": 2})
    heard = client.get("/playground/ledger", authorization=None)
    (row,) = heard.json["charges"]
    assert (row["model"], row["count"], row["cost"], heard.json["total"]) == ("gpt-image-2", 2, "0.08", "0.08")
    assert playground.key.encode() not in heard.body


def test_the_log_is_told_without_keys_and_pictures(client: Client, playground: Playground) -> None:
    client.post(PATH, ASKED | {"input_references": [url_of(picture(400, 400))]})
    assert client.get("/playground/requests", authorization=None).status == 401
    heard = client.get("/playground/requests")
    (told,) = heard.json
    assert (told["path"], told["status"], told["headers"]["authorization"]) == (PATH, 200, "***")
    assert len(heard.body) < 2000
    assert playground.key.encode() not in heard.body
    assert len(playground.requests) == 1


def test_faults_are_scripted(client: Client, playground: Playground) -> None:
    script = [
        {"path": "/images", "status": 503, "body": {"error": "no"}, "headers": {"Retry-After": "3"}, "times": 2},
        {"cut": ["body", "close"], "after": 5},
    ]
    assert [client.post("/playground/faults", each).status for each in script] == [200, 200]
    first, second = client.post(PATH, ASKED), client.post(PATH, ASKED)
    assert [first.status, second.status, first.headers["retry-after"], first.json] == [503, 503, "3", {"error": "no"}]
    with pytest.raises(http.client.IncompleteRead):
        client.post(PATH, ASKED)
    client.post("/playground/faults", {"status": 500, "times": None, "pace": [1, 0], "delay_s": 0})
    assert client.post(PATH, ASKED).status == 500
    assert client.ask("DELETE", "/playground/faults").status == 200
    assert client.post(PATH, ASKED).status == 200


@pytest.mark.parametrize(
    "fault",
    [
        {"colour": 1},
        {"status": 99},
        {"body": "x"},
        {"cut": "body"},
        {"cut": ["body", "gently"]},
        {"times": "often"},
        {"pace": [1, "fast"]},
        {"delay_s": "long"},
    ],
)
def test_a_fault_that_cannot_be_is_refused(client: Client, playground: Playground, fault: dict[str, object]) -> None:
    assert client.post("/playground/faults", fault).status == 400
    assert playground.faults.script == []


def test_models_rules_and_expiry_are_set(client: Client, playground: Playground) -> None:
    record = {"id": "new", "supported_parameters": {"resolutions": ["64x64"]}}
    for _ in range(2):
        assert client.post("/playground/models", {"kind": "nanogpt", "record": record}).status == 200
    assert [each["id"] for each in client.get("/api/v1/images/models").json["data"]].count("new") == 1
    assert client.post(PATH, {"model": "new", "prompt": "x", "resolution": "64x64"}).status == 200
    assert client.post("/playground/models", {"kind": "other", "record": record}).status == 400
    assert client.post("/playground/rules", {"naga_field": "image[]", "body_limit": 10}).status == 200
    assert (playground.rules.naga_field, playground.rules.body_limit) == ("image[]", 10)
    assert client.post("/playground/rules", {"billing": "end", "work_s": 0}).status == 200
    assert (playground.rules.billing, playground.rules.work_s) == (Billing.END, 0.0)
    assert client.post("/playground/rules", {"naga_field": 3}).status == 400
    assert client.post("/playground/rules", {"billing": "never"}).status == 400
    assert client.post("/playground/rules", {"colour": "red"}).status == 400
    assert client.post("/playground/expire", {"status": 410}).status == 200
    assert client.get("/results/x/image.png", authorization=None).status == 410
    assert client.post("/playground/expire", {"status": 200}).status == 400
    assert client.post("/playground/nothing", {}).status == 404
    assert client.ask("POST", "/playground/rules", b"[]").status == 400
    assert client.ask("POST", "/playground/rules", b"{").status == 400


def test_old_bodies_are_let_go() -> None:
    world = World()
    half = bytes(KEPT_BYTES // 2)
    for number in range(3):
        world.note(Asked(method="POST", path=str(number), body=half))
    assert [len(each.body) for each in world.requests] == [0, len(half), len(half)]
