"""Verbs that only read, on a data folder as a killed process left it: they work at once, before any that writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Queued
from studio.domain.request import EditRequest
from tests.core.storage.shelf import folders_in, opened
from tests.core.storage.test_reading import kill_in_transaction

if TYPE_CHECKING:
    from tests.whole.conftest import Desk


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("verb", ["jobs", "gallery", "models", "doctor"])
def test_a_verb_that_reads_works_beside_what_a_kill_left(desk: Desk, mode: str, verb: str) -> None:
    folders = folders_in(desk.home / "data")
    with opened(folders) as library:
        request = EditRequest(provider=ProviderId("nano"), model=ModelId("m"))
        library.journal.append(JobId("01"), Queued(request=request))
    kill_in_transaction(folders, mode)
    status, output, errors = desk.run("--data-dir", str(folders.data), "--json", verb)
    assert (status, errors) == (0, "")
    told = [json.loads(line) for line in output.splitlines()]
    if verb == "jobs":
        assert [each["job"] for each in told] == ["01"]
    assert bool(told) is (verb != "gallery")
