"""Sixty faults and more: every kind with an order, a list of models, a picture to fetch, and a question of the account.

Each ends in one message of the catalogue that names the provider and the next step, in the state that is true, and no
later than its deadline.
"""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from studio.domain.catalogue import CATALOGUE
from studio.domain.job import JobState
from studio.domain.problems import ProviderError
from studio.playground.faults import Fault
from tests.whole.providers import faults
from tests.whole.providers.driven import driven
from tests.whole.providers.rig import DEADLINE_S, EDIT, LINK, rig
from tests.whole.providers.signed import certificate
from tests.whole.providers.wayside import standing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from pathlib import Path

    from studio.domain.problems import Problem
    from studio.playground.exchange import Given
    from tests.whole.providers.rig import Rig

FREE_S = 60
"""Seconds for a question that costs nothing."""


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@asynccontextmanager
async def against(
    name: str, kind: str, settings: Mapping[str, str], where: tuple[str, str], folder: Path
) -> AsyncIterator[Rig]:
    """A rig whose requests of this method and path meet the fault."""
    if name == "bad certificate":
        async with (
            standing(certificate("127.0.0.1").context(folder)) as server,
            rig(kind, settings, at=server.url) as it,
        ):
            yield it
        return
    async with rig(kind, settings, at="https://name.example" if name == "name unknown" else "") as it:
        match name:
            case "refused":
                it.door.shut()
            case "connect stall":
                it.door.stall()
            case "name unknown":
                pass
            case _:
                it.playground.faults.add(faults.fault(name, *where))
        yield it


UNREACHABLE, LOST, LATE, EARLY = "unreachable", "connection-lost", "deadline-passed", JobState.FAILED
OPEN = JobState.UNKNOWN
# What an order comes to, with the charges that are made; then the codes of a list's and of the account's failure
# (empty: the account is told as one that cannot be checked); then that of a picture that is paid for and does not come.
TABLE: Mapping[str, tuple[tuple[JobState, str, int], str, str, str]] = {
    "refused": ((EARLY, UNREACHABLE, 0), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "name unknown": ((EARLY, UNREACHABLE, 0), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "connect stall": ((EARLY, UNREACHABLE, 0), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "bad certificate": ((EARLY, "tls-refused", 0), "tls-refused", "tls-refused", "result-not-fetched"),
    "reset before headers": ((OPEN, LOST, 1), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "reset within headers": ((OPEN, LOST, 1), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "reset within body": ((OPEN, LOST, 1), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "stall within body": ((OPEN, LATE, 1), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "a byte a second": ((OPEN, LATE, 1), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "shorter than told": ((OPEN, LOST, 1), UNREACHABLE, UNREACHABLE, "result-not-fetched"),
    "longer than told": ((OPEN, "answer-unreadable", 1), "catalogue-unreadable", "", "pictures-unreadable"),
    "log-in page": ((OPEN, "proxy-failed", 1), "catalogue-unreadable", "", "pictures-unreadable"),
    "wrong types": ((OPEN, "answer-unreadable", 1), "catalogue-unreadable", "", "pictures-unreadable"),
    "nothing in it": ((OPEN, "answer-empty", 1), "catalogue-unreadable", "", "pictures-unreadable"),
    "no number": ((OPEN, "answer-unreadable", 1), "catalogue-unreadable", "", "pictures-unreadable"),
    "eleven megabytes": ((OPEN, "answer-unreadable", 1), UNREACHABLE, UNREACHABLE, "pictures-unreadable"),
    "sent elsewhere": ((EARLY, "redirected", 0), "redirected", "", "result-address"),
    "429, back in -1": ((EARLY, "rate-limited", 0), "rate-limited", "", "result-not-fetched"),
    "429, back in 10^9": ((EARLY, "rate-limited", 0), "rate-limited", "", "result-not-fetched"),
    "429, back in the past": ((EARLY, "rate-limited", 0), "rate-limited", "", "result-not-fetched"),
}
OWN = {"deadline_s": str(DEADLINE_S)}


@pytest.fixture(autouse=True)
def unnamed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with faults.nameless(monkeypatch, socket.EAI_NONAME):
        yield


def well_told(problem: Problem | None, code: str, name: str) -> None:
    """The catalogue's own message, with whom it is about and what helps."""
    assert problem is not None
    assert problem.code == code
    assert code in CATALOGUE
    assert name in problem.what
    assert problem.next
    assert problem.cost


def test_every_fault_is_in_the_table() -> None:
    assert set(TABLE) == set(faults.NAMES)


@pytest.mark.parametrize("name", faults.NAMES)
def test_an_order(name: str, tmp_path: Path) -> None:
    state, code, billed = TABLE[name][0]

    async def run() -> None:
        async with against(name, "openai", OWN, ("POST", "/images"), tmp_path) as it:
            begun = asyncio.get_running_loop().time()
            job = await it.run()
            assert asyncio.get_running_loop().time() - begun <= DEADLINE_S + 1
            assert (job.state, len(it.playground.ledger)) == (state, billed)
            assert it.desk.ends(job.id) == [it.desk.journal.kinds(job.id)[-1]]
            well_told(job.problem, code, "there")
            sent = [asked for asked in it.playground.requests if asked.method == "POST"]
            assert len(sent) <= (3 if code == "rate-limited" else 1)

    driven(run())


@pytest.mark.parametrize("name", faults.NAMES)
def test_a_list_of_models(name: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with against(name, "openai", OWN, ("GET", "/models"), tmp_path) as it:
            begun = asyncio.get_running_loop().time()
            with pytest.raises(ProviderError) as caught:
                await it.provider.refresh()
            assert asyncio.get_running_loop().time() - begun <= FREE_S + 1
            well_told(caught.value.problem, TABLE[name][1], "there")
            assert await it.provider.models() == ()
            assert len(it.playground.requests) <= 1

    driven(run())


@pytest.mark.parametrize("name", faults.NAMES)
def test_a_question_of_the_account(name: str, tmp_path: Path) -> None:
    code = TABLE[name][2]

    async def run() -> None:
        async with against(name, "nanogpt", EDIT, ("POST", "/check-balance"), tmp_path) as it:
            begun = asyncio.get_running_loop().time()
            try:
                told = await it.provider.check()
            except ProviderError as error:
                well_told(error.problem, code, "NanoGPT")
            else:
                assert code == ""
                assert told.good is None
                assert "NanoGPT" in told.reason
            assert asyncio.get_running_loop().time() - begun <= FREE_S + 1
            assert len(it.playground.requests) <= 1

    driven(run())


@pytest.mark.parametrize("name", faults.NAMES)
def test_a_picture_that_is_fetched(name: str) -> None:
    async def run() -> None:
        async with rig("nanogpt", LINK) as it:
            it.playground.faults.add(_for_pictures(name, it))
            begun = asyncio.get_running_loop().time()
            job = await it.run()
            assert asyncio.get_running_loop().time() - begun <= DEADLINE_S + 1
            assert (job.state, job.billed, len(it.playground.ledger)) == (JobState.UNKNOWN, True, 1)
            assert it.desk.ends(job.id) == ["OutcomeUnknown"]
            well_told(job.problem, TABLE[name][3], "NanoGPT")
            assert job.problem is not None
            assert job.problem.cost == "It was charged."
            fetched = [asked for asked in it.playground.requests if asked.path.startswith("/results/")]
            assert len(fetched) <= 3
            assert len([asked for asked in it.playground.requests if asked.method == "POST"]) == 1

    driven(run())


def _for_pictures(name: str, it: Rig) -> Fault:
    """What befalls the order's answer, or every fetching after it."""
    match name:
        case "refused":
            return _then(lambda given: (it.door.shut(), given)[1])
        case "connect stall":
            return _then(lambda given: (it.door.stall(), given)[1])
        case "name unknown":
            return _then(lambda given: _at(given, "https://pictures.example/a.png"))
        case "bad certificate":
            return _then(lambda given: _at(given, it.door.url.replace("http:", "https:") + "/results/a.png"))
        case _:
            return faults.fault(name, "GET", "/results/")


def _then(change: Callable[[Given], Given]) -> Fault:
    return Fault(path="/images", change=lambda given, _world: change(given))


def _at(given: Given, url: str) -> Given:
    """The answer with its pictures at this address."""
    value = cast("dict[str, list[dict[str, str]]]", json.loads(given.body))
    for item in value["data"]:
        item["url"] = url
    return replace(given, body=json.dumps(value).encode())
