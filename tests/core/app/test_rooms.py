"""What a start makes of the files that an earlier run of the program left."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.app.ground import resources
from studio.app.rooms import Rooms
from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import OutcomeUnknown, Queued, Submitting
from studio.domain.request import EditRequest
from studio.storage.folders import Folders
from studio.storage.library import open_library

if TYPE_CHECKING:
    from pathlib import Path

ORDER = Queued(request=EditRequest(provider=ProviderId("far"), model=ModelId("paint")))


def test_what_was_received_stays_where_an_ended_job_needs_it(tmp_path: Path) -> None:
    async def scene() -> list[str]:
        folders = Folders.at(str(tmp_path))
        folders.make()
        folders.incoming.mkdir()
        library = open_library(folders).library
        for name, received in (("01", True), ("02", False)):
            for event in (
                ORDER,
                Submitting(attempt=1),
                OutcomeUnknown(problem=problem("outcome-unknown"), received=received),
            ):
                library.journal.append(JobId(name), event)
            (folders.incoming / f"{name}.answer.part").write_bytes(b"what came")
        library.close()
        rooms = await Rooms.open(folders, asyncio.get_running_loop().call_soon_threadsafe, resources())
        left = sorted(each.name for each in folders.incoming.iterdir())
        await rooms.close()
        return left

    assert asyncio.run(scene()) == ["01.answer.part"]
