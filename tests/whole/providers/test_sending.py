"""What arrives at a provider: cleaned, fitted and told; and what never leaves."""

from __future__ import annotations

import asyncio
import io
import logging
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from studio.domain.geometry import Size
from studio.domain.ids import JobId, ModelId
from studio.domain.job import JobState
from studio.domain.problems import ProviderError
from studio.domain.request import EditRequest
from studio.jobs.ports import World
from studio.jobs.runner import Runner
from studio.playground.faults import count, refuse
from studio.providers.redaction import Redaction, protect
from studio.workers.checking import DecodedCheck
from studio.workers.decoding import Decoder
from tests.core.jobs.house import House as Counter
from tests.whole.providers.house import PROVIDER, house, mask, orders, picture, playing
from tests.whole.providers.wayside import answer, standing, urls

if TYPE_CHECKING:
    from studio.domain.job import Job
    from studio.playground.exchange import Asked
    from tests.whole.providers.house import House, Told

LARGE = Size(width=1300, height=1000)
CANARY = b"GPS-51.5007-0.1246"


def photo(kind: str, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def sent(
    files: list[bytes], *, kind: str = "nanogpt", masked: bytes | None = None, **settings: str
) -> tuple[Told, Asked]:
    """An order with these files, as it arrived."""

    async def run() -> tuple[Told, Asked]:
        async with playing(kind, **settings) as (playground, found):
            request = EditRequest(
                provider=PROVIDER,
                model=ModelId("gpt-image-1" if kind != "openai" else "gpt-image-2"),
                prompt="a fox",
                base=found.blobs.put(files[0]),
                references=tuple(found.blobs.put(each) for each in files[1:]),
                mask=found.blobs.put(masked) if masked else None,
            )
            done = await found.run(request)
            return done, orders(playground)[0]

    return asyncio.run(run())


@pytest.mark.parametrize("body", ["multipart", "json"])
def test_edge_16_what_is_too_large_is_made_to_fit_and_that_is_told(body: str) -> None:
    done, asked = sent([picture(1, LARGE), picture(2, LARGE)], masked=mask(LARGE), route="edits", body=body)
    assert len(asked.body) <= 4_000_000
    assert len(asked.body) > 2_000_000
    assert [phase for phase in done.phases if phase.startswith("Sent as")]
    if body == "multipart":
        sizes = [Image.open(io.BytesIO(each.data)).size for each in asked.files]
        assert sizes[-1] == sizes[0]
        assert [each.media_type for each in asked.files] == [f"image/{kind_of(each.data)}" for each in asked.files]


def test_edge_16_the_limit_can_be_set_and_the_mask_follows_to_the_pixel() -> None:
    done, asked = sent([picture(1, LARGE)], kind="openai", masked=mask(LARGE), max_body_bytes="200000")
    assert len(asked.body) <= 200_000
    first, second = (Image.open(io.BytesIO(each.data)) for each in asked.files)
    assert first.size == second.size
    assert first.size[0] < LARGE.width
    assert any(f"{first.size[0]} x {first.size[1]} instead of 1300 x 1000" in phase for phase in done.phases)


def kind_of(data: bytes) -> str:
    with Image.open(io.BytesIO(data)) as image:
        return (image.format or "").lower()


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "tiff", "gif", "cmyk", "16 bit", "palette"])
def test_edge_13_neither_place_nor_oddity_arrives(name: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    file = {
        "jpeg": lambda: photo("JPEG", exif=exif, comment=CANARY),
        "png": lambda: photo("PNG", exif=exif),
        "webp": lambda: photo("WEBP", exif=exif, xmp=CANARY),
        "tiff": lambda: photo("TIFF", description=CANARY.decode()),
        "gif": lambda: photo("GIF", comment=CANARY),
        "cmyk": lambda: converted("CMYK", "JPEG"),
        "16 bit": lambda: converted("I;16", "PNG"),
        "palette": lambda: converted("P", "PNG"),
    }[name]()
    _, asked = sent([picture(1), file], route="edits")
    assert CANARY not in asked.body
    assert zlib.crc32(file) not in [zlib.crc32(each.data) for each in asked.files if name in ("tiff", "gif", "cmyk")]
    with Image.open(io.BytesIO(asked.files[1].data)) as image:
        assert image.format in ("PNG", "JPEG", "WEBP")
        assert image.mode in ("RGB", "RGBA", "L")


def converted(mode: str, kind: str) -> bytes:
    file = io.BytesIO()
    image = Image.effect_noise((64, 48), 60)
    (image.convert("I").convert(mode) if mode == "I;16" else image.convert("RGB").convert(mode)).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("found", [b"", b"nothing", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"])
def test_edge_12_an_order_with_what_is_no_picture_never_leaves(found: bytes) -> None:
    error, asked = refused(lambda it: request(it, references=(it.blobs.put(found),)))
    assert error.problem.code in ("not-an-image", "image-empty")
    assert asked == 0


def test_edge_44_a_picture_of_more_pixels_than_are_opened_never_leaves() -> None:
    error, asked = refused(lambda it: request(it, references=(it.blobs.put(bomb()),)))
    assert error.problem.code == "image-too-large"
    assert asked == 0


def test_twenty_references_for_a_model_that_takes_four_never_leave() -> None:
    error, asked = refused(
        lambda it: request(it, model="bytedance/seedream-v5.0-pro", references=tuple(
            it.blobs.put(picture(seed)) for seed in range(2, 22)
        ))
    )  # fmt: skip
    assert (error.problem.code, asked) == ("too-many-references", 0)
    assert "21 pictures" in error.problem.what
    assert "takes 4" in error.problem.what


def test_edge_15_a_mask_for_a_model_without_a_slot_never_leaves() -> None:
    error, asked = refused(lambda it: request(it, model="bytedance/seedream-v5.0-pro", masked=True))
    assert (error.problem.code, asked) == ("no-mask-slot", 0)


def test_edge_14_a_mask_of_another_size_never_leaves() -> None:
    error, asked = refused(lambda it: request(it, mask=it.blobs.put(mask(Size(width=10, height=10)))))
    assert (error.problem.code, asked) == ("mask-size", 0)


@pytest.mark.parametrize("url", ["http://api.provider.example/v1", "ftp://127.0.0.1/v1", "https://", "https://a b/v1"])
def test_edge_19_an_order_to_no_right_address_never_leaves(url: str) -> None:
    async def run() -> ProviderError:
        async with house(url, "openai") as found:
            with pytest.raises(ProviderError) as caught:
                await found.run(found.request("any"))
            return caught.value

    error = asyncio.run(run())
    assert error.problem.code in ("insecure-address", "bad-parameter")
    assert error.problem.cost == "Nothing was sent."


@pytest.mark.parametrize("tail", ["", "/", "/images/edits", "/images/generations/", "/models"])
def test_edge_19_whatever_end_of_the_address_was_pasted(tail: str) -> None:
    async def run() -> list[str]:
        async with standing() as server, house(f"{server.url}/v1{tail}", "openai") as found:
            server.says["/v1/images/generations"] = urls(f"{server.url}/a.png")
            server.says["/a.png"] = answer(picture(1))
            await found.run(found.request("any"))
            return server.paths

    assert asyncio.run(run()) == ["/v1/images/generations", "/a.png"]


@pytest.mark.parametrize("number", [1, 3, 5])
def test_edge_33_fewer_or_more_than_asked_are_all_kept(number: int) -> None:
    async def run() -> Job:
        async with playing("nanogpt", route="generations") as (playground, found):
            playground.faults.add(count(number))
            return await through(found, found.request("hidream", count=3))

    job = asyncio.run(run())
    assert (job.state, len(job.outputs), job.missing) == (JobState.SUCCEEDED, number, max(0, 3 - number))


@pytest.mark.parametrize("flaw", ["bomb", "cut", "page"])
def test_edge_43_and_44_what_cannot_be_read_is_kept_and_called_no_picture(flaw: str) -> None:
    data = {"bomb": bomb(), "cut": picture(1)[:-30], "page": b"<html>Log in</html>"}[flaw]

    async def run() -> tuple[Job, int]:
        async with standing() as server, house(f"{server.url}/v1", "openai") as found:
            server.says["/v1/images/generations"] = urls(f"{server.url}/a.png")
            server.says["/a.png"] = answer(data)
            counter = Counter()
            job = await through(found, found.request("any"), counter)
            return job, len([each for each in counter.blobs.kept.values() if each == data])

    job, kept = asyncio.run(run())
    assert (job.state, job.outputs, kept) == (JobState.UNKNOWN, (), 1)
    assert job.problem is not None
    assert job.problem.code == "pictures-unreadable"


def test_edge_26_the_key_is_in_no_error_and_no_log() -> None:
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    protect(handler, Redaction())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)

    async def run() -> tuple[str, str]:
        async with playing("nanogpt", route="generations") as (playground, found):
            key = playground.key
            seen: list[str] = []
            for status in (400, 401, 402, 403, 413, 429, 500, 502):
                playground.faults.add(refuse(status, {"error": {"message": f"your key {key} is odd", "code": "x"}}))
                with pytest.raises(ProviderError) as caught:
                    await found.run(found.request("hidream"))
                problem = caught.value.problem
                seen.append(
                    " ".join((problem.what, problem.detail, problem.next, str(caught.value), repr(caught.value)))
                )
            return key, " ".join(seen)

    try:
        key, errors = asyncio.run(run())
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert key not in errors
    assert key not in text.getvalue()
    assert "went wrong" not in text.getvalue()


def bomb() -> bytes:
    """A small file that says it has 3600 megapixels."""
    data = bytearray(picture(1))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def request(found: House, model: str = "gpt-image-2", **changes: Any) -> EditRequest:
    made = found.request(model, images=1, masked=bool(changes.pop("masked", False)))
    return EditRequest(**{
        "provider": made.provider, "model": made.model, "prompt": "a fox", "base": made.base, "mask": made.mask,
    } | changes)  # fmt: skip


def refused(make: Any) -> tuple[ProviderError, int]:
    """Why an order does not leave, and how many did."""

    async def run() -> tuple[ProviderError, int]:
        async with playing("nanogpt") as (playground, found):
            await found.provider().refresh()
            with pytest.raises(ProviderError) as caught:
                await found.run(make(found))
            assert caught.value.problem.cost in ("Nothing was sent.", "Your picture is as it was.")
            return caught.value, len(orders(playground))

    return asyncio.run(run())


async def through(found: House, order: EditRequest, counter: Counter | None = None) -> Job:
    """An order by way of the runner, its answers looked at in the decode process."""
    counter = counter or Counter()
    decoder = Decoder()
    with ThreadPoolExecutor(1) as threads:
        world = counter.world
        checked = World(
            journal=world.journal,
            blobs=world.blobs,
            check=DecodedCheck(decoder, threads),
            finisher=world.finisher,
            clock=world.clock,
        )
        runner = Runner([found.provider()], checked, counter.hear)
        try:
            job = (await runner.enqueue(order, None)).id
            return await counter.end(JobId(job))
        finally:
            decoder.close()
