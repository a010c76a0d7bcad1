"""What every store of blobs keeps to. A test class of an adapter derives from this and says how one is made."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import BlobId
from studio.domain.problems import StorageError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from studio.jobs.ports import Blobs


class BlobsContract:
    """Derive and give `open`."""

    def open(self) -> AbstractAsyncContextManager[Blobs]:
        """A new, empty store."""
        raise NotImplementedError

    @pytest.mark.parametrize("data", [b"picture", b"", bytes(range(256)) * 300])
    def test_bytes_come_back_under_their_hash(self, data: bytes) -> None:
        async def scene() -> None:
            async with self.open() as blobs:
                blob = await blobs.put(data)
                assert blob == hashlib.sha256(data).hexdigest()
                assert await blobs.get(blob) == data

        asyncio.run(scene())

    def test_the_same_bytes_twice_are_one_blob(self) -> None:
        async def scene() -> None:
            async with self.open() as blobs:
                first, second = await blobs.put(b"same"), await blobs.put(b"same")
                assert first == second
                assert blobs.path(first) == blobs.path(second)
                assert await blobs.get(first) == b"same"

        asyncio.run(scene())

    def test_a_blob_that_is_not_there_is_said_so(self) -> None:
        async def scene() -> None:
            async with self.open() as blobs:
                with pytest.raises(StorageError):
                    await blobs.get(BlobId("0" * 64))

        asyncio.run(scene())
