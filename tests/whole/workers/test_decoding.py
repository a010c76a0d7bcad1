"""The decode process as a process: real photographs, bad files, real deaths."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import struct
import threading
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from studio.domain.geometry import Size
from studio.domain.pixels import EncodedImage
from studio.domain.problems import ImagingError
from studio.imaging.decode import decode
from studio.workers.checking import DecodedCheck
from studio.workers.decoding import Decoder
from studio.workers.offload import PoolOffload, Threads

if TYPE_CHECKING:
    from collections.abc import Iterator

PHOTO = Path("tests/photos/friends_by_Aitzol_Berasategi.jpg")


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def bomb() -> bytes:
    """A PNG of 20,000 x 20,000 pixels in less than 1 kB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_photo_comes_back_as_it_is_decoded_here(decoder: Decoder) -> None:
    data = PHOTO.read_bytes()
    there, here = decoder.decode(data, "friends", 120), decode(data, "friends")
    assert bytes(there.pixels.data) == bytes(here.pixels.data)
    assert (there.size, there.icc, there.orientation) == (here.size, here.icc, here.orientation)
    assert (there.original_size, there.media_type, there.has_alpha) == (here.original_size, "image/jpeg", False)
    assert decoder.measure(data, "friends", 120) == here.size


def test_how_deep_a_file_is_comes_with_its_picture(decoder: Decoder) -> None:
    file = io.BytesIO()
    Image.new("I;16", (8, 6), 0x1234).save(file, "PNG")
    assert decoder.decode(file.getvalue(), "deep.png", 120).bits == 16
    assert decoder.decode(PHOTO.read_bytes(), "friends", 120).bits == 8
    file = io.BytesIO()
    lamp = Image.new("F", (8, 6), 0.5)
    lamp.putpixel((4, 4), 1.5)
    lamp.save(file, "TIFF")
    assert decoder.decode(file.getvalue(), "lamp.tif", 120).cut


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "image-empty"),
        (b"Dear Sir or Madam", "not-an-image"),
        (bomb(), "image-too-large"),
        (PHOTO.read_bytes()[:20_000], "image-truncated"),
    ],
)
def test_a_bad_file_is_a_sentence_and_the_process_lives(decoder: Decoder, data: bytes, code: str) -> None:
    decoder.warm()
    decoder.measure(PHOTO.read_bytes(), "friends", 120)
    pid = decoder.pid()
    with pytest.raises(ImagingError, match=code) as caught:
        decoder.decode(data, "holiday.png", 120)
    assert "holiday.png" in caught.value.problem.what
    assert decoder.pid() == pid


def test_a_process_that_died_between_files_is_not_the_files_fault(decoder: Decoder) -> None:
    decoder.measure(PHOTO.read_bytes(), "friends", 120)
    pid = decoder.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert decoder.measure(PHOTO.read_bytes(), "friends", 120) == Size(width=2056, height=3088)
    assert decoder.pid() != pid


@pytest.mark.parametrize(("manner", "detail"), [("die", "exit status -9"), ("hang", "not done")])
def test_a_file_that_brings_the_process_down_is_a_sentence(manner: str, detail: str) -> None:
    decoder = Decoder(seconds=2.0 if manner == "hang" else 60.0, module="tests.whole.workers.scripted_decoder")
    try:
        with pytest.raises(ImagingError, match="image-truncated") as caught:
            decoder.measure(manner.encode(), "evil.png", 120)
        assert detail in caught.value.problem.detail
        assert decoder.measure(b"well", "good.png", 120) == Size(width=1, height=1)
    finally:
        decoder.close()


def test_closing_ends_the_process_even_in_mid_work() -> None:
    decoder = Decoder(module="tests.whole.workers.scripted_decoder")
    assert decoder.measure(b"well", "good.png", 120)
    failures: list[BaseException] = []

    def wait() -> None:
        try:
            decoder.measure(b"hang", "evil.png", 120)
        except (ImagingError, RuntimeError) as error:
            failures.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    pid = decoder.pid()
    decoder.close()
    thread.join(30)
    assert failures
    assert not Path(f"/proc/{pid}").exists()
    assert list(Path("/dev/shm").glob(f"overpaint-{os.getpid()}-*")) == []


def test_the_pools_serve_any_loop(decoder: Decoder) -> None:
    data = PHOTO.read_bytes()

    async def scene() -> None:
        threads = Threads()
        offload = PoolOffload(threads, decoder)
        order: list[int] = []
        await asyncio.gather(*(offload.write(order.append, number) for number in range(20)))
        assert order == list(range(20))
        assert await offload.compute(int, "12", base=16) == 18
        assert await offload.journal(threading.get_ident) == await offload.journal(threading.get_ident)
        decoded = await offload.decode(data, "friends", megapixels=120)
        check = DecodedCheck(decoder, threads.wait)
        assert await check.check(EncodedImage(data=data, media_type="image/jpeg", size=decoded.size)) == decoded.size
        with pytest.raises(ImagingError):
            await check.check(EncodedImage(data=b"no", media_type="image/png", size=decoded.size))
        threads.close()

    asyncio.run(scene())
