"""Our client against aimock, a server of others that answers as OpenAI does, and goes wrong on command."""

from __future__ import annotations

import asyncio
import base64
import json
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.problems import OutcomeLost, ProviderError
from tests.peers import processes
from tests.whole.providers.house import house, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.peers.processes import Server
    from tests.whole.providers.house import Told

BUSY = {"message": "slow down", "type": "requests", "code": "rate_limit_exceeded"}
SPENT = {"message": "quota", "type": "insufficient_quota", "code": "insufficient_quota"}
MADE = base64.b64encode(picture(7)).decode()


def _when(words: str, response: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"match": {"endpoint": "image", "userMessage": words}, "response": response, **more}


FIXTURES = [
    _when("busy", {"error": BUSY, "status": 429, "retryAfter": 2}),
    _when("for an hour", {"error": BUSY, "status": 429, "retryAfter": 3600}),
    _when("spent", {"error": SPENT, "status": 429}),
    _when("garbled", {"images": [{"b64Json": MADE}]}, chaos={"malformedRate": 1}),
    _when("cut off", {"images": [{"b64Json": MADE}]}, chaos={"disconnectRate": 1}),
    _when("elsewhere", {"images": [{"url": "http://127.0.0.1:9/made.png"}]}),
    _when("two foxes", {"images": [{"b64Json": MADE, "revisedPrompt": "Two red foxes"}, {"b64Json": MADE}]}),
    _when("a fox", {"image": {"b64Json": MADE}}),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with processes.aimock(FIXTURES, tmp_path_factory.mktemp("aimock")) as running:
        yield running


def _journal(server: Server, words: str) -> list[dict[str, Any]]:
    """The orders with these words as aimock understood them."""
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/__aimock/journal") as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return [each for each in found if each["body"] and words in str(each["body"].get("messages"))]


def _ordered(server: Server, words: str, images: int = 1, **order: Any) -> tuple[Told, list[float]]:
    """What it told, and for how long it waited before each further try."""

    async def run() -> tuple[Told, list[float]]:
        async with house(server.url, "openai") as found:
            try:
                told = await found.run(found.request("gpt-image-2", images=images, prompt=words, **order))
            except ProviderError as error:
                error.add_note(f"waited {found.timer.pauses}")
                raise
            return told, found.timer.pauses

    return asyncio.run(run())


@pytest.mark.parametrize(("images", "path"), [(0, "/v1/images/generations"), (1, "/v1/images/edits")])
def test_a_picture_is_made_and_arrives_as_it_was(server: Server, images: int, path: str) -> None:
    words = f"a fox by {images}"
    told, _ = _ordered(server, words, images)
    assert [each.image.data for each in told.outputs] == [picture(7)]
    (asked,) = _journal(server, words)
    assert (asked["path"], asked["body"]["model"]) == (path, "gpt-image-2")
    assert told.done is not None
    assert told.done.request_id == asked["headers"]["x-request-id"]


def test_two_pictures_and_the_revised_prompt_arrive(server: Server) -> None:
    told, _ = _ordered(server, "two foxes", 2, masked=True, count=2)
    assert [each.index for each in told.outputs] == [0, 1]
    assert told.done is not None
    assert told.done.revised_prompt == "Two red foxes"


def test_too_many_orders_are_sent_again_when_it_says(server: Server) -> None:
    """A refusal by 429 was not charged; the pause is the one asked for, and it ends."""
    with pytest.raises(ProviderError) as caught:
        _ordered(server, "busy")
    assert caught.value.problem.code == "rate-limited"
    tries = len(_journal(server, "busy"))
    assert tries > 1
    assert caught.value.__notes__ == [f"waited {[2.0] * (tries - 1)}"]


@pytest.mark.parametrize(("words", "code"), [("for an hour", "rate-limited"), ("spent", "quota-reached")])
def test_what_will_not_pass_soon_is_sent_once(server: Server, words: str, code: str) -> None:
    with pytest.raises(ProviderError) as caught:
        _ordered(server, words)
    assert caught.value.problem.code == code
    assert len(_journal(server, words)) == 1


@pytest.mark.parametrize(("words", "code"), [("garbled", "answer-unreadable"), ("cut off", "connection-lost")])
def test_an_answer_that_is_lost_is_never_asked_for_twice(server: Server, words: str, code: str) -> None:
    with pytest.raises(OutcomeLost) as caught:
        _ordered(server, words)
    assert caught.value.problem.code == code
    assert len(_journal(server, words)) == 1


def test_a_picture_at_another_port_of_this_machine_is_not_fetched(server: Server) -> None:
    with pytest.raises(OutcomeLost) as caught:
        _ordered(server, "elsewhere")
    assert caught.value.problem.code == "result-address"


def test_what_no_fixture_fits_is_told_and_not_repeated(server: Server) -> None:
    with pytest.raises(ProviderError) as caught:
        _ordered(server, "nothing of the list")
    assert caught.value.problem.code == "server-failed"
    assert len(_journal(server, "nothing of the list")) == 1
