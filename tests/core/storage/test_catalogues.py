"""Lists of models on the disk: of two that are kept at once the one that was asked for later stays."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import problem
from studio.domain.ids import ProviderId
from studio.domain.problems import StorageError
from studio.storage import catalogues
from studio.storage.catalogues import Catalogues
from tests.fakes.offload import Held

if TYPE_CHECKING:
    from pathlib import Path

NANO, OTHER = ProviderId("nano"), ProviderId("other")


def test_a_list_is_there_after_a_start(tmp_path: Path) -> None:
    async def scene() -> None:
        store = Catalogues(tmp_path / "lists", Held().compute)
        assert await store.load(NANO) is None
        await store.save(NANO, b"first", store.turn())
        await store.save(NANO, b"second", store.turn())
        later = Catalogues(tmp_path / "lists", Held().compute)
        assert (await later.load(NANO), await later.load(OTHER)) == (b"second", None)
        await later.save(NANO, b"third", later.turn())
        assert await later.load(NANO) == b"third"

    asyncio.run(scene())


def test_the_later_one_stays_whichever_the_disk_took_first(tmp_path: Path) -> None:
    async def scene() -> None:
        pool = Held()
        store = Catalogues(tmp_path, pool.compute)
        earlier, later, elsewhere = store.turn(), store.turn(), store.turn()
        await store.save(OTHER, b"of another provider", elsewhere)
        pool.hold()
        saving = asyncio.gather(store.save(NANO, b"old", earlier), store.save(NANO, b"new", later))
        await asyncio.sleep(0)
        pool.step(newest=True)
        pool.let_go()
        await saving
        assert await store.load(NANO) == b"new"

    asyncio.run(scene())


def test_one_that_could_not_be_written_keeps_none_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        store = Catalogues(tmp_path, Held().compute)
        earlier, later = store.turn(), store.turn()
        with monkeypatch.context() as broken:
            broken.setattr(catalogues, "write_bytes", refuse)
            with pytest.raises(StorageError):
                await store.save(NANO, b"new", later)
        await store.save(NANO, b"old", earlier)
        assert await store.load(NANO) == b"old"

    asyncio.run(scene())


def refuse(*_: object, **__: object) -> None:
    raise StorageError(problem("disk-full", place="here"))
