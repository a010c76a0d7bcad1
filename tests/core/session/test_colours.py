"""Colours of a photograph with a profile, from the order to what is shown, pasted, laid and written: always those that
another reader of colours sees."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.document.pictures import flattened
from studio.domain.capabilities import Capabilities, MaskUse, Model
from studio.domain.gallery import GalleryEntry
from studio.domain.geometry import Point, Rect, Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId, OutputId, ProviderId
from studio.domain.job import Output
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.request import Colours, EditRequest, Outcome
from studio.framing.finished import finished
from studio.framing.masks import gray
from studio.imaging.arrays import pixels_of, view
from studio.imaging.decode import decode
from studio.imaging.masks import rectangle
from studio.imaging.png import png
from studio.imaging.resample import crop, resize
from studio.imaging.tiles import raster_of, read_all
from studio.session.exporting import export_preview, exported, exported_entry
from studio.session.face.views import ExportOptions
from studio.session.finishing import Finishing
from studio.session.orders import Orders, Wish
from studio.session.placing import Placing, Varying, answer_of, variation_of
from studio.session.staging import Candidate, Staging, applied
from studio.storage.blobs import BlobStore
from studio.storage.records import decode as decode_record
from studio.storage.records import encode as encode_record
from studio.storage.thumbs import Thumbnails
from tests.fakes.offload import AtOnce
from tests.fakes.profiles import adobe_rgb, display_p3, small_srgb, through

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.state import DocumentState
    from studio.framing.unfinished import Unfinished
    from studio.imaging.arrays import Bytes
    from tests.core.session.scene import Play, Scene

SIZE = Size(width=300, height=270)
HOLE = Rect(x=120, y=115, width=60, height=40)
MIDDLE = (135, 150)
RED = (180, 120, 100)
"""An sRGB colour that all of these profiles hold."""
FAR = ProviderId("far")


class Pool:
    """Matches `session.ports.Pasting`."""

    async def finished(self, work: Unfinished) -> tuple[memoryview, Size]:
        data, size = finished(work)
        return memoryview(data), size


class Blobs:
    """Matches `jobs.ports.Blobs`."""

    def __init__(self, folder: Path) -> None:
        self.store = BlobStore(folder)

    async def put(self, data: bytes | memoryview) -> BlobId:
        return self.store.put(data)

    async def get(self, blob: BlobId) -> bytes:
        return self.read(blob)

    def read(self, blob: BlobId) -> bytes:
        return self.store.get(blob)

    def path(self, blob: BlobId) -> str:
        return str(self.store.path(blob))


@pytest.fixture(scope="module")
def blobs(tmp_path_factory: pytest.TempPathFactory) -> Blobs:
    """One for all: what is kept is found by its bytes, and never changes."""
    return Blobs(tmp_path_factory.mktemp("blobs"))


@cache
def photo(icc: bytes | None, size: Size = SIZE) -> DocumentState:
    """A quiet picture, of a colour that each profile means something else by, with a mask in its middle."""
    array = np.random.default_rng(1).integers(118, 126, (size.height, size.width, 4), np.uint8)
    array[..., :3] += np.array([-40, 0, 50]).astype(np.uint8)
    array[..., 3] = 255
    state = new_document(pixels_of(array, PixelFormat.BGRA), icc=icc)
    return with_mask(state, rectangle(size, HOLE))


@cache
def ordered(blobs: Blobs, state: DocumentState, *, provider: ProviderId = FAR, outcome: Outcome) -> EditRequest:
    """The order as it comes out of the journal."""
    takes = Capabilities(outcome=outcome, mask=MaskUse.OPTIONAL)
    model = Model(id=ModelId("m"), provider=provider, name="M", capabilities=takes)
    request = asyncio.run(Orders(AtOnce(), blobs).order(Wish(model=model, state=state)))
    return decode_record(encode_record(request), EditRequest)


def sent(blobs: Blobs, request: EditRequest) -> Pixels:
    assert request.base is not None
    return decode(blobs.read(request.base), "sent").pixels


def reply(blobs: Blobs, request: EditRequest, icc: bytes | None = None) -> bytes:
    """What was sent with RED in and right around the hole, as a provider makes it that answers in this profile."""
    base = view(sent(blobs, request)).copy()
    box = request.placement.box if request.placement else Rect.of_size(SIZE)
    hole = HOLE.grown(6).translated(-box.x, -box.y)
    base[hole.y : hole.bottom, hole.x : hole.right, :3] = RED[::-1]
    base[..., 2::-1] = through(np.ascontiguousarray(base[..., 2::-1]), None, icc)
    return png(pixels_of(base, PixelFormat.BGRA), icc=icc)


def shown(pixels: Pixels, icc: bytes | None) -> Bytes:
    """RGB in sRGB, as littleCMS sees these pixels."""
    return through(np.ascontiguousarray(view(pixels)[..., 2::-1]), icc, None)


def near(pixel: Bytes, colour: Bytes | tuple[int, ...], most: int = 2) -> bool:
    return bool(np.abs(pixel.astype(int) - colour).max() <= most)


def made(blobs: Blobs, request: EditRequest, answer: bytes) -> tuple[Pixels, bytes | None] | None:
    """The finished picture and its profile, as the gallery and a folder get it."""
    raw = asyncio.run(blobs.put(answer))
    output = Output(index=0, raw=raw, media_type="image/png", size=SIZE)
    found = asyncio.run(Finishing(Pool(), blobs).finish(request, output))
    if found is None:
        return None
    picture = decode(blobs.read(found[0]), "finished")
    return picture.pixels, picture.icc


def paste_mask(blobs: Blobs, request: EditRequest) -> Bytes:
    """Of the document's size."""
    assert request.paste_mask is not None
    assert request.placement is not None
    mask = decode(blobs.read(request.paste_mask), "mask").pixels
    box = request.placement.box
    return view(read_all(raster_of(gray(mask), Point(x=box.x, y=box.y), SIZE)))


def placed(blobs: Blobs, request: EditRequest, state: DocumentState, answer: bytes) -> DocumentState:
    """The document with the answer applied, as the window does it."""
    paste = blobs.read(request.paste_mask) if request.paste_mask is not None else None
    candidate = Candidate(index=0, answer=answer_of(Placing(request=request, data=answer, state=state, paste=paste)))
    staging = Staging(job=JobId("1"), request=request, title="M", document="d", candidates={0: candidate})
    return applied(state, staging)


WIDE = pytest.mark.parametrize("icc", [adobe_rgb(), display_p3()], ids=["Adobe RGB", "P3"])


@WIDE
@pytest.mark.parametrize("own", [None, adobe_rgb(), display_p3()], ids=["no word", "Adobe RGB's", "P3's"])
def test_an_answer_from_elsewhere_is_seen_as_it_was_made(blobs: Blobs, icc: bytes, own: bytes | None) -> None:
    state = photo(icc)
    request = ordered(blobs, state, outcome=Outcome.PASTE)
    assert request.placement is not None
    base, box = read_all(state.layers[0].raster), request.placement.box
    assert near(shown(sent(blobs, request), None), shown(crop(base, box), icc))
    answer = reply(blobs, request, own)
    result = made(blobs, request, answer)
    assert result is not None
    picture, kept = result
    assert kept == icc
    for after in (picture, flattened(placed(blobs, request, state, answer))):
        assert near(shown(after, icc)[MIDDLE], RED)
        assert near(shown(after, icc)[HOLE.y + 2, HOLE.x + 2], RED)
        outside = paste_mask(blobs, request) == 0
        assert np.array_equal(view(after)[outside], view(base)[outside])


@pytest.mark.parametrize("own", [adobe_rgb(), display_p3()], ids=["Adobe RGB's", "P3's"])
def test_an_answer_that_names_its_profile_is_seen_so_in_a_picture_without_one(blobs: Blobs, own: bytes) -> None:
    state = photo(None)
    request = ordered(blobs, state, outcome=Outcome.PASTE)
    answer = reply(blobs, request, own)
    result = made(blobs, request, answer)
    assert result is not None
    assert result[1] is None
    for after in (result[0], flattened(placed(blobs, request, state, answer))):
        assert near(view(after)[MIDDLE][2::-1], RED)


@WIDE
def test_the_engine_of_this_machine_works_on_the_numbers_of_the_picture(blobs: Blobs, icc: bytes) -> None:
    state = photo(icc)
    request = ordered(blobs, state, provider=LOCAL, outcome=Outcome.PASTE)
    assert request.placement is not None
    base = read_all(state.layers[0].raster)
    assert np.array_equal(view(sent(blobs, request)), view(crop(base, request.placement.box)))
    answer = reply(blobs, request)
    result = made(blobs, request, answer)
    assert result is not None
    assert result[1] == icc
    for after in (result[0], flattened(placed(blobs, request, state, answer))):
        assert tuple(view(after)[MIDDLE][2::-1].tolist()) == RED


@WIDE
@pytest.mark.parametrize("provider", [LOCAL, FAR])
def test_a_card_shows_what_was_sent_in_its_colours(
    blobs: Blobs, tmp_path: Path, provider: ProviderId, icc: bytes
) -> None:
    state = photo(icc)
    request = ordered(blobs, state, provider=provider, outcome=Outcome.LAYER)
    assert request.base is not None
    thumbnails = Thumbnails(blobs.store, tmp_path)
    wanted = shown(flattened(state), icc).mean(axis=(0, 1))
    for card in (thumbnails.of_blob(request.base), thumbnails.of_blob(request.base)):
        assert near(view(card)[..., 2::-1].mean(axis=(0, 1)), tuple(wanted))
    assert (decode(blobs.read(request.base), "sent").icc is None) == (provider == FAR)


@pytest.mark.parametrize("provider", [LOCAL, FAR])
def test_a_picture_in_srgb_and_its_answer_keep_every_bit(blobs: Blobs, provider: ProviderId) -> None:
    state = photo(None)
    request = ordered(blobs, state, provider=provider, outcome=Outcome.PASTE)
    assert request.placement is not None
    base = read_all(state.layers[0].raster)
    assert np.array_equal(view(sent(blobs, request)), view(crop(base, request.placement.box)))
    answer = reply(blobs, request)
    result = made(blobs, request, answer)
    assert result is not None
    for after in (result[0], flattened(placed(blobs, request, state, answer))):
        assert tuple(view(after)[MIDDLE][2::-1].tolist()) == RED


@WIDE
@pytest.mark.parametrize("outcome", [Outcome.LAYER, Outcome.PICTURE])
def test_layers_and_pictures_from_elsewhere_are_seen_as_they_were_made(
    blobs: Blobs, icc: bytes, outcome: Outcome
) -> None:
    state = photo(icc)
    request = ordered(blobs, state, outcome=outcome)
    after = placed(blobs, request, state, reply(blobs, request))
    assert after.icc == icc
    assert near(shown(read_all(after.layer(after.active).raster), icc)[MIDDLE], RED)


@WIDE
@pytest.mark.parametrize("provider", [LOCAL, FAR])
def test_a_picture_of_its_own_keeps_the_profile_of_the_one_it_was_made_of(
    blobs: Blobs, icc: bytes, provider: ProviderId
) -> None:
    state = photo(icc)
    request = ordered(blobs, state, provider=provider, outcome=Outcome.PICTURE)
    large = resize(sent(blobs, request), Size(width=2 * SIZE.width, height=2 * SIZE.height))
    result = made(blobs, request, png(large))
    assert result is not None
    picture, kept = result
    assert (kept, picture.size) == (icc, large.size)
    base = read_all(state.layers[0].raster)
    assert near(shown(resize(picture, SIZE), icc), shown(base, icc), 5)
    assert near(shown(resize(picture, SIZE), icc).mean(axis=(0, 1)), shown(base, icc).mean(axis=(0, 1)), 1)
    if provider == LOCAL:
        assert np.array_equal(view(picture), view(large))


@pytest.mark.parametrize("provider", [LOCAL, FAR])
def test_a_picture_of_its_own_made_of_one_in_srgb_is_the_file_that_came(blobs: Blobs, provider: ProviderId) -> None:
    request = ordered(blobs, photo(None), provider=provider, outcome=Outcome.PICTURE)
    assert made(blobs, request, reply(blobs, request)) is None
    assert made(blobs, request, reply(blobs, request, adobe_rgb())) is None


@WIDE
def test_another_variation_and_what_the_bar_shows_are_seen_as_they_were_made(blobs: Blobs, icc: bytes) -> None:
    state = photo(icc)
    request = ordered(blobs, state, outcome=Outcome.PASTE)
    answer = reply(blobs, request)
    after = placed(blobs, request, state, answer)
    layer = after.layer(after.active)
    varied = variation_of(Varying(request=request, state=after, layer=layer, raster=None, data=answer))
    assert varied is not None
    assert near(shown(read_all(varied.raster), icc)[MIDDLE], RED)
    assert request.paste_mask is not None
    paste = blobs.read(request.paste_mask)
    rough = answer_of(Placing(request=request, data=answer, state=state, paste=paste, rough=True))
    assert near(shown(read_all(rough.raster), icc)[MIDDLE], RED)
    for thumbnail in (varied.thumbnail, rough.thumbnail):
        size = thumbnail.size
        assert near(view(thumbnail)[size.height // 2, size.width // 2, 2::-1], RED)


@pytest.mark.parametrize("icc", [None, adobe_rgb(), display_p3()], ids=["sRGB", "Adobe RGB", "P3"])
@pytest.mark.parametrize("own", [None, adobe_rgb(), display_p3()], ids=["no word", "Adobe RGB's", "P3's"])
def test_a_picture_that_is_laid_over_another_is_seen_as_it_was(
    play: Play, icc: bytes | None, own: bytes | None
) -> None:
    laid = read_all(photo(None).layers[0].raster)

    async def story(at: Scene) -> None:
        at.editor.open(photo(icc), "Photo")
        at.documents.paste(png(laid, icc=own), "laid.png")
        await at.rest()
        layer = at.state.layer(at.state.active)
        assert layer.name == "laid.png"
        over = read_all(layer.raster)
        assert near(shown(over, icc), shown(laid, own))
        assert np.array_equal(view(over), view(laid)) == (icc == own)

    play(story)


@pytest.mark.parametrize("ending", ["png", "jpeg", "tiff", "webp", "avif"])
@WIDE
def test_a_file_without_its_profile_is_seen_as_the_picture_was(icc: bytes, ending: str) -> None:
    state = photo(icc, Size(width=64, height=48))
    base = read_all(state.layers[0].raster)
    mean = shown(base, icc).mean(axis=(0, 1))
    for keep in (True, False):
        options = ExportOptions(format=ending, quality=100, keep_profile=keep)
        data = exported(state, options)
        file = decode(data, "file")
        assert file.icc == (icc if keep else None)
        assert near(shown(file.pixels, file.icc).mean(axis=(0, 1)), mean)
        preview = export_preview(state, options).picture
        assert preview is not None
        assert near(view(preview)[..., 2::-1].mean(axis=(0, 1)), mean)
        if ending == "png":
            assert np.array_equal(view(file.pixels), view(base)) == keep
            assert near(shown(file.pixels, file.icc), shown(base, icc), 1)


def test_a_picture_of_the_gallery_without_its_profile_is_seen_as_it_was() -> None:
    base = read_all(photo(None).layers[0].raster)
    request = EditRequest(provider=LOCAL, model=ModelId("m"))
    entry = GalleryEntry(
        id=OutputId("1-0"),
        job=JobId("1"),
        index=0,
        created=0.0,
        request=request,
        raw=BlobId("0"),
        finished=None,
        media_type="image/png",
        size=SIZE,
    )
    data = exported_entry(png(base, icc=adobe_rgb()), entry, ExportOptions(keep_profile=False))
    file = decode(data, "file")
    assert file.icc is None
    assert near(shown(file.pixels, None), shown(base, adobe_rgb()), 1)


def test_a_picture_in_srgb_loses_no_bit_with_its_profile() -> None:
    state = photo(small_srgb())
    file = decode(exported(state, ExportOptions(keep_profile=False)), "file")
    assert np.array_equal(view(file.pixels), view(read_all(state.layers[0].raster)))


@WIDE
def test_an_order_from_when_nothing_was_converted_is_answered_as_it_was_sent(blobs: Blobs, icc: bytes) -> None:
    state = photo(icc)
    told = json.loads(encode_record(ordered(blobs, state, provider=LOCAL, outcome=Outcome.PASTE)))
    del told["colours"]
    request = replace(decode_record(json.dumps(told), EditRequest), provider=FAR)
    assert request.colours is Colours.SOURCE
    answer = reply(blobs, request)
    result = made(blobs, request, answer)
    assert result is not None
    for after in (result[0], flattened(placed(blobs, request, state, answer))):
        assert tuple(view(after)[MIDDLE][2::-1].tolist()) == RED
