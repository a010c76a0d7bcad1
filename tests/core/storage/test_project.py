"""Projects: what was saved comes back byte for byte, others' files open, bad ones say so."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.document.edits import new_document
from studio.document.layer import Layer, LayerKind
from studio.document.pictures import flattened
from studio.document.project import Project
from studio.domain.geometry import Point, Size
from studio.domain.ids import BlobId, JobId, ModelId, ProviderId
from studio.domain.job import Job
from studio.domain.problems import ImagingError, StorageError, StudioError, UsageError
from studio.domain.request import EditRequest
from studio.imaging.decode import decode
from studio.imaging.png import png
from studio.imaging.tiles import raster_of, read_all
from studio.storage.blobs import BlobStore
from studio.storage.user_files import UserFiles
from tests.core.storage.pages import differences, gray, noise, rich_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.document.state import DocumentState

JOBS = (Job(id=JobId("01"), request=EditRequest(provider=ProviderId("p"), model=ModelId("m")), created=1.0),)


@pytest.fixture
def files(tmp_path: Path) -> UserFiles:
    return made(tmp_path)


def made(root: Path) -> UserFiles:
    return UserFiles(blobs=BlobStore(root / "blobs"), sample=root / "sample.jpg", handed_out=root / "handed-out")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A rich document's project as it lies on disk."""
    root = tmp_path_factory.mktemp("saved")
    made(root).save_project(str(root / "saved.ora"), Project(state=rich_document()))
    return (root / "saved.ora").read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "project ä.ora")


def members(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: str, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    changed = change(members(path))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in changed.items():
            archive.writestr(name, data)


def test_everything_comes_back_byte_for_byte(tmp_path: Path, files: UserFiles, path: str) -> None:
    blobs = BlobStore(tmp_path / "blobs")
    kept = tuple(blobs.put(data) for data in (b"variation 1", b"variation 2"))
    state = rich_document(kept)
    files.save_project(path, Project(state=state, jobs=JOBS))
    elsewhere = made(tmp_path / "elsewhere")
    back = elsewhere.load_project(path)
    assert differences(state, back.state) == []
    assert back.jobs == JOBS
    assert [BlobStore(tmp_path / "elsewhere" / "blobs").get(blob) for blob in kept] == [b"variation 1", b"variation 2"]


def test_the_same_document_gives_the_same_bytes(files: UserFiles, path: str, tmp_path: Path) -> None:
    project = Project(state=rich_document())
    files.save_project(path, project)
    files.save_project(str(tmp_path / "b.ora"), project)
    assert (tmp_path / "b.ora").read_bytes() == (tmp_path / "project ä.ora").read_bytes()


def test_it_is_openraster(files: UserFiles, path: str) -> None:
    state = rich_document()
    files.save_project(path, Project(state=state))
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.testzip() is None
    with open(path, "rb") as file:
        assert file.read(54)[30:] == b"mimetypeimage/openraster"
    held = members(path)
    assert bytes(decode(held["mergedimage.png"], "").pixels.data) == bytes(flattened(state).data)
    small = decode(held["Thumbnails/thumbnail.png"], "").size
    assert max(small.width, small.height) == 256


def test_an_object_that_is_shared_is_kept_once_and_shared_again(files: UserFiles, path: str, saved: bytes) -> None:
    Path(path).write_bytes(saved)
    state = files.load_project(path).state
    assert state.masks[0].raster is state.mask


def test_without_our_members_the_same_picture_opens(files: UserFiles, path: str) -> None:
    state = rich_document()
    files.save_project(path, Project(state=state, jobs=JOBS))
    rewrite(path, lambda held: {name: data for name, data in held.items() if not name.startswith("overpaint/")})
    back = files.load_project(path)
    assert back.jobs == ()
    assert back.state.icc == state.icc
    names = ("opacity", "blend", "visible", "locked")
    assert [[getattr(layer, name) for name in names] for layer in back.state.layers] == [
        [getattr(layer, name) for name in names] for layer in state.layers
    ]
    assert np.abs(read_array(state) - read_array(back.state)).max() <= 1


def test_what_another_program_changed_counts_more_than_our_members(files: UserFiles, path: str) -> None:
    files.save_project(path, Project(state=rich_document(), jobs=JOBS))
    changed = png(noise(300, 280, 77, opaque=True))
    rewrite(path, lambda held: {**held, "data/layer000.png": changed})
    back = files.load_project(path)
    assert back.state.layers[0].raster.size == Size(width=300, height=280)
    assert bytes(flattened(replace(back.state, layers=back.state.layers[:1])).data) == bytes(
        noise(300, 280, 77, opaque=True).data
    )
    assert back.jobs == ()


def test_other_programs_see_the_holes_of_an_answer(files: UserFiles, path: str) -> None:
    base = new_document(noise(300, 280, 1, opaque=True), "Photo")
    answer = Layer(
        raster=raster_of(noise(300, 280, 2)), name="No background", mask=gray(300, 280, 3), kind=LayerKind.GENERATED
    )
    state = replace(base, layers=(*base.layers, answer))
    files.save_project(path, Project(state=state))
    assert differences(state, files.load_project(path).state) == []
    rewrite(path, lambda held: {name: data for name, data in held.items() if not name.startswith("overpaint/")})
    back = files.load_project(path).state
    assert [layer.blend for layer in back.layers] == ["normal", "dst-out", "normal"]
    ours, theirs = read_array(state), read_array(back)
    assert np.abs(ours[..., 3] - theirs[..., 3]).max() <= 1
    assert (np.abs(ours - theirs)[..., :3] * ours[..., 3:] / 255).max() <= 2


def read_array(state: DocumentState) -> np.ndarray:
    pixels = flattened(state)
    return np.frombuffer(pixels.data, np.uint8).reshape(pixels.size.height, pixels.size.width, 4).astype(int)


def test_only_a_file_that_is_all_ours_says_so(files: UserFiles, path: str) -> None:
    changed = png(noise(90, 80, 78))
    files.save_project(path, Project(state=rich_document(), jobs=JOBS))
    assert files.load_project(path).own
    rewrite(path, lambda held: {**held, "note.txt": b"of somebody else"})
    assert files.load_project(path).own
    rewrite(path, lambda held: {**held, "data/layer001.png": changed})  # the masked one, as others see it
    back = files.load_project(path)
    assert not back.own
    assert bytes(read_all(back.state.layers[1].raster).data) == bytes(noise(90, 80, 78).data)
    foreign(path, '<layer src="data/a.png"/>', a=changed)
    assert not files.load_project(path).own


STACK = """<?xml version="1.0"?><image w="20" h="10"><stack>{}</stack></image>"""


def foreign(path: str, stack: str, **pictures: bytes) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", STACK.format(stack))
        for name, data in pictures.items():
            archive.writestr(f"data/{name}.png", data)


def test_groups_dissolve_where_that_looks_the_same_and_merge_else(files: UserFiles, path: str) -> None:
    picture = png(noise(4, 4, 1))
    foreign(
        path,
        """<stack name="half" opacity="0.5"><layer src="data/a.png" x="2"/><layer src="data/a.png" x="3"/></stack>
        <text src="x"/>
        <stack name="plain"><layer name="in" src="data/a.png" x="-1" y="7" composite-op="svg:src-over"/>
        <layer name="low" src="data/a.png" composite-op="krita:dissolve" edit-locked="true"/></stack>
        <layer name="base" src="data/a.png" selected="true" visibility="hidden" opacity="0.25"/>""",
        a=picture,
    )
    state = files.load_project(path).state
    assert [layer.name for layer in state.layers] == ["base", "low", "in", "half"]
    base, low, inside, half = state.layers
    assert (base.visible, base.opacity, state.active) == (False, 0.25, base.id)
    assert (low.blend, low.locked) == ("normal", True)
    assert inside.offset == Point(x=-1, y=7)
    assert (half.opacity, half.raster.size) == (0.5, state.size)


@pytest.mark.parametrize(
    ("attributes", "blends"),
    [
        ('isolation="auto"', ["normal", "multiply", "screen"]),
        ('isolation="none"', ["normal", "multiply", "screen"]),
        ('isolation="isolate"', ["normal", "normal"]),
        ("", ["normal", "multiply", "screen"]),
        ('opacity="0.5"', ["normal", "normal"]),
        ('composite-op="svg:overlay"', ["normal", "overlay"]),
        ('isolation="auto" opacity="0.5"', ["normal", "multiply", "screen"]),
        ('isolation="auto" composite-op="svg:overlay"', ["normal", "multiply", "screen"]),
        ('isolation="auto" visibility="hidden"', ["normal", "normal"]),
    ],
)
def test_layers_of_a_group_that_is_not_isolated_blend_with_what_is_below(
    files: UserFiles, path: str, attributes: str, blends: list[str]
) -> None:
    inside = '<layer src="data/b.png" composite-op="svg:screen"/><layer src="data/b.png" composite-op="svg:multiply"/>'
    foreign(
        path,
        f'<stack name="group" {attributes}>{inside}</stack><layer src="data/a.png"/>',
        a=png(noise(20, 10, 1, opaque=True)),
        b=png(noise(20, 10, 2)),
    )
    assert [layer.blend for layer in files.load_project(path).state.layers] == blends


def test_the_members_of_a_group_that_passes_through_have_its_strength(files: UserFiles, path: str) -> None:
    plain = '<stack name="both" isolation="isolate"><layer src="data/b.png"/><layer src="data/b.png"/></stack>'
    inner = '<stack isolation="auto" opacity="0.5"><layer name="inner" src="data/b.png" opacity="0.5"/></stack>'
    outer = f'<stack isolation="auto" opacity="0.5">{inner}<layer name="outer" src="data/b.png"/>{plain}</stack>'
    foreign(path, outer + plain, b=png(noise(20, 10, 2)))
    found = [(layer.name, layer.opacity) for layer in files.load_project(path).state.layers]
    assert found == [("Background", 1), ("Background", 1), ("both", 0.5), ("outer", 0.5), ("inner", 0.125)]


def test_a_group_that_is_not_isolated_blends_no_further_than_the_one_around_it(files: UserFiles, path: str) -> None:
    inner = '<stack isolation="auto"><layer src="data/b.png" composite-op="svg:multiply"/></stack>'
    foreign(
        path,
        f'<stack name="both" isolation="isolate">{inner}<layer src="data/b.png"/></stack><layer src="data/a.png"/>',
        a=png(noise(20, 10, 1, opaque=True)),
        b=png(noise(20, 10, 2)),
    )
    assert [layer.name for layer in files.load_project(path).state.layers] == ["Background", "both"]


@pytest.mark.parametrize("mode", ["hue", "saturation", "color", "luminosity"])
def test_modes_of_hue_and_light_are_kept_by_their_names(files: UserFiles, path: str, mode: str) -> None:
    layer = f'<layer src="data/b.png" composite-op="svg:{mode}"/>'
    foreign(path, layer + '<layer src="data/a.png"/>', a=png(noise(20, 10, 1, opaque=True)), b=png(noise(20, 10, 2)))
    project = files.load_project(path)
    assert [layer.blend for layer in project.state.layers] == ["normal", mode]
    files.save_project(path, project)
    assert f'composite-op="svg:{mode}"'.encode() in members(path)["stack.xml"]


def test_layers_of_sixteen_bits_open(files: UserFiles, path: str) -> None:
    from PIL import Image  # the oracle

    buffer = io.BytesIO()
    Image.new("I;16", (20, 10), 0x8080).save(buffer, "PNG")
    foreign(path, '<layer src="data/a.png"/>', a=buffer.getvalue())
    state = files.load_project(path).state
    assert bytes(flattened(state).data[:4]) == b"\x80\x80\x80\xff"


BOMB = (
    """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><image w="1" h="1">&b;"""
)


def bad(name: str, held: dict[str, bytes]) -> dict[str, bytes]:
    """A project with something wrong."""
    layer = b'<image w="20" h="10"><stack><layer src="%s" x="%s"/></stack></image>'
    stacks = {
        "no-stack": None,
        "not-xml": b"<image",
        "entities": BOMB.encode(),
        "other-root": b"<svg/>",
        "no-size": b"<image><stack/></image>",
        "negative": b'<image w="-5" h="5"><stack/></image>',
        "nan": b'<image w="nan" h="5"><stack/></image>',
        "missing-member": layer % (b"data/none.png", b"0"),
        "far-away": layer % (b"data/layer000.png", b"99999999999"),
        "up-the-tree": layer % (b"../../../etc/passwd", b"0"),
        "deep": b'<image w="5" h="5">' + b"<stack>" * 5000 + b"</stack>" * 5000 + b"</image>",
    }
    rest = {name: data for name, data in held.items() if name != "stack.xml"}
    stack = stacks[name]
    return rest if stack is None else {**rest, "stack.xml": stack}


@pytest.mark.parametrize(
    "name",
    [
        "no-stack", "not-xml", "entities", "other-root", "no-size", "negative", "nan", "missing-member", "far-away",
        "up-the-tree", "deep",
    ],
)  # fmt: skip
def test_a_bad_stack_says_so(files: UserFiles, path: str, saved: bytes, name: str) -> None:
    Path(path).write_bytes(saved)
    rewrite(path, lambda held: bad(name, held))
    with pytest.raises(StorageError) as caught:
        files.load_project(path)
    assert caught.value.problem.code == "project-damaged"


def test_a_size_over_the_limit_is_told_as_such(files: UserFiles, path: str) -> None:
    foreign(path, "")
    rewrite(path, lambda held: {**held, "stack.xml": b'<image w="99999" h="99999"><stack/></image>'})
    with pytest.raises(ImagingError) as caught:
        files.load_project(path)
    assert caught.value.problem.code == "image-too-large"


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.99])
def test_a_truncated_project_says_so(files: UserFiles, path: str, saved: bytes, share: float) -> None:
    Path(path).write_bytes(saved[: int(len(saved) * share)])
    with pytest.raises(StudioError) as caught:
        files.load_project(path)
    assert caught.value.problem.code == ("project-damaged" if share else "image-empty")


def test_flipped_bytes_open_or_say_so(files: UserFiles, path: str, saved: bytes) -> None:
    codes: list[str] = []
    for place in range(40, len(saved), len(saved) // 25):
        Path(path).write_bytes(saved[:place] + bytes((saved[place] ^ 0xFF,)) + saved[place + 1 :])
        try:
            files.load_project(path)
        except StudioError as error:
            codes.append(error.problem.code)
    assert set(codes) == {"project-damaged"}


def test_saving_over_a_project_that_cannot_be_written_leaves_it(files: UserFiles, path: str, tmp_path: Path) -> None:
    state = rich_document((BlobId("0" * 64),))  # its bytes are lost: no reason not to save
    files.save_project(path, Project(state=state))
    before = members(path)
    with pytest.raises(StorageError):
        files.save_project(str(tmp_path / "missing" / "a.ora"), Project(state=state))
    assert members(path) == before


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "file-missing"),
        (lambda path: path.mkdir(), "is-a-folder"),
        (lambda path: path.write_bytes(b""), "image-empty"),
        (lambda path: os.mkfifo(path), "not-an-image"),
    ],
)
def test_files_that_cannot_be_opened(files: UserFiles, tmp_path: Path, make: Callable[[Path], None], code: str) -> None:
    path = tmp_path / "picture.png"
    make(path)
    with pytest.raises((StorageError, UsageError, ImagingError)) as caught:
        files.read(str(path))
    assert caught.value.problem.code == code
    assert "picture.png" in caught.value.problem.what


def test_a_copy_is_handed_out_under_a_readable_name(files: UserFiles, tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path / "blobs")
    blob = blobs.put(b"picture")
    given = files.hand_out(str(blobs.path(blob)), "../a bottle: green?.png")
    assert os.path.basename(given) == "a bottle green.png"
    with open(given, "ab") as file:
        file.write(b"changed by another program")
    assert blobs.get(blob) == b"picture"
    files.forget_handed_out()
    assert not os.path.exists(given)
