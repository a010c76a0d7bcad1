"""A key that cannot be checked: whatever is in the way, the reason is one of the catalogue's, and it cost nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import CATALOGUE
from studio.domain.phrases import FREE
from studio.domain.problems import ProviderError
from studio.playground.faults import End, Place, cut, page, refuse
from tests.core.wire.test_account_replies import from_catalogue
from tests.whole.providers.driven import driven
from tests.whole.providers.rig import rig

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.playground.faults import Fault
    from studio.wire.messages import Account
    from tests.whole.providers.rig import Rig

KINDS = ("nanogpt", "naga", "openai")
UNREACHED = ("refused", "no connection in time")
FAULTS: Mapping[str, Fault] = {
    "no answer in time": cut(Place.START, End.STALL),
    "cut before the head": cut(Place.START),
    "cut in the body": cut(Place.BODY),
    "stalled in the body": cut(Place.BODY, End.STALL),
    "500": refuse(500, {"message": "inner trouble"}),
    "500 as a page": page(500, "Internal Server Error"),
    "404": refuse(404, {"message": "no such place"}),
    "404 as a page": page(404, "Not Found"),
    "a page to log in at": page(200, "Log in"),
    "JSON of another kind": refuse(200, {"hello": 1}),
    "half of JSON": refuse(200, '{"data": [{"id": '),
}


def _go_wrong(it: Rig, name: str) -> None:
    """Whatever is asked, with a key or without one."""
    match name:
        case "refused":
            it.door.shut()
        case "no connection in time":
            it.door.stall()
        case _:
            for method in ("GET", "POST"):
                it.playground.faults.add(replace(FAULTS[name], method=method, path="/", times=None))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*UNREACHED, *FAULTS])
def test_a_check_that_tells_nothing_says_why(name: str, kind: str) -> None:
    async def run() -> Account | ProviderError:
        async with rig(kind, {}) as it:
            _go_wrong(it, name)
            try:
                return await it.provider.check()
            except ProviderError as error:
                return error

    told = driven(run())
    if isinstance(told, ProviderError):
        assert told.problem.code in CATALOGUE
        assert told.problem.cost == FREE
        assert from_catalogue(told.problem.what)
        return
    assert name not in UNREACHED
    assert told.good is None
    assert told.balance is None
    assert from_catalogue(told.reason)
    assert "anyone" not in told.reason
