"""Kill -9 as an answer of four pictures breaks off: the next start takes those that are whole from the disk."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from studio.domain.job import JobState
from studio.playground.faults import Place, cut, refuse
from tests.kill.house import WHOLE, House
from tests.kill.truth import check
from tests.kill.witness import witness

if TYPE_CHECKING:
    from pathlib import Path

    from studio.playground.exchange import Given
    from studio.playground.world import World

COUNT = 4
RECEIVED = "after close in incoming"
"""The step at which all that came of an answer is with the system."""
AFTER = 17_000
"""Bytes of the answer that come: some of its pictures and a part of the next."""


@pytest.mark.parametrize("told", [False, True], ids=["bill not told", "bill told"])
def test_whole_pictures_of_a_cut_answer_outlive_a_kill(tmp_path: Path, told: bool) -> None:
    digests: list[str] = []

    def sent(given: Given, _: World) -> Given:
        data = cast("dict[str, list[dict[str, str]]]", json.loads(given.body))["data"]
        came = [item["b64_json"] for item in data if f'"{item["b64_json"]}"'.encode() in given.body[:AFTER]]
        digests.extend(hashlib.sha256(base64.b64decode(each)).hexdigest() for each in came)
        return given

    with witness() as seen:
        house = House(tmp_path / "house", seen, random.Random(1))
        silent = replace(refuse(404), method="GET", path="/usage/requests/", times=None)
        seen.playground.faults.script[:0] = [
            replace(cut(Place.BODY, after=AFTER), change=sent),
            *([] if told else [silent]),
        ]
        order = replace(house.order(WHOLE), count=COUNT, images=(), mask=None, size="96x96")
        house.clicks[order.prompt] = order
        assert house.live_to(RECEIVED, *house.words(order)).ended is not None
        assert house.live("jobs", "resume").status in (0, 4)
        found = check(house)
        (job,) = found.jobs.values()
        assert len(digests) == 2
        assert job.state is (JobState.EXPIRED if told else JobState.UNKNOWN)
        assert [output.raw for output in job.outputs] == digests
        assert {row.raw for row in found.rows} == set(digests)
        assert job.problem is not None
        assert f"{len(digests)} of {COUNT} pictures came whole" in job.problem.what
        assert (seen.billed(), seen.orders()) == ({order.prompt: 1}, {order.prompt: 1})
