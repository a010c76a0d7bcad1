"""The main job by hand alone: real drags from another program's window, real strokes, real keys."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from defusedxml import ElementTree
from PIL import Image, ImageGrab

from studio.domain.gallery import GalleryQuery
from studio.domain.job import JobState
from studio.storage.blobs import BlobStore, blob_id
from tests.core.storage.shelf import folders_in, opened
from tests.whole.app.voices import PATIENCE_S, ROOT, Voice, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from studio.domain.job import Job
    from tests.whole.conftest import Desk

PHOTO = ROOT / "tests" / "photos" / "friends_by_Aitzol_Berasategi.jpg"
OTHER = ROOT / "tests" / "photos" / "seeding_by_Clements_Engelhardt.jpg"
PATH = [(520, 300), (540, 330), (560, 350), (590, 360)]
"""A stroke in the window."""
CLIPBOARD = ("xclip", "-selection", "clipboard")
AROUND = (480, 250, 640, 420)
"""What of the screen shows it."""
ASIDE = (560, 640)
"""A place for the pointer where it hides nothing of that."""
STILL = 20
"""So many looks at the screen show the same when it is at rest."""
NO_MASK = f"mask {hashlib.sha256().hexdigest()}"


@contextmanager
def dragged(desk: Desk, program: Voice, over: tuple[int, int], target: str, *what: str | Path) -> Iterator[None]:
    """From another program's window to this place of the screen; let go when both sides have seen it there. The other
    program lives until the block ends, as what is dropped is read from it."""
    source = Voice(
        desk, desk.launch(sys.executable, "-P", "-m", "tests.whole.app.drag_source", *what, PYTHONPATH=str(ROOT))
    )
    _, x, y = source.until("at ").split()
    desk.point("mousemove", x, y, "mousedown", 1, "mousemove", int(x) - 20, int(y) - 20, "mousemove", *over)
    limit = time.monotonic() + PATIENCE_S
    while not (source.has_said("accepts CopyAction") and (not target or program.said[-1] == f"target {target}")):
        # A hand never rests, and the other program tells of the drag's place only when it moves.
        desk.point("mousemove", over[0] + 1, over[1], "mousemove", *over)
        program.has_said("target")
        assert time.monotonic() < limit, f"nobody takes the drag: {source.said}, {program.said[-3:]}"
    desk.point("mouseup", 1)
    source.until("dropped CopyAction")
    yield
    source.process.terminate()
    source.process.wait(PATIENCE_S)


def paint(desk: Desk, window: str) -> None:
    """One stroke with the real pointer, which goes aside then."""
    words = [word for x, y in (*PATH, ASIDE) for word in ("mousemove", "--window", window, x, y)]
    desk.point(*words[:5], "mousedown", 1, *words[5:-5], "mouseup", 1, *words[-5:])


def seen(desk: Desk) -> NDArray[Any]:
    """What the screen shows around the stroke."""
    return np.asarray(ImageGrab.grab(AROUND, xdisplay=desk.environment["DISPLAY"]).convert("RGB"))


def until_seen(desk: Desk, wanted: NDArray[Any]) -> None:
    """Look at the screen until it shows this."""
    limit = time.monotonic() + PATIENCE_S
    while not (seen(desk) == wanted).all():
        assert time.monotonic() < limit, "that is not seen on the screen"


def after(desk: Desk, before: NDArray[Any]) -> NDArray[Any]:
    """What the screen shows once it is no more what it was, and is the same for some looks."""
    limit = time.monotonic() + PATIENCE_S
    looks = [before]
    while (looks[-1] == before).all() or not all((each == looks[-1]).all() for each in looks):
        looks = [*looks[-STILL:], seen(desk)]
        assert time.monotonic() < limit, "the screen does not change, or does not come to rest"
    return looks[-1]


def see_through() -> bytes:
    """A PNG with every alpha, and colours even where nothing is seen of them."""
    across, down = np.meshgrid(np.arange(256), np.arange(96))
    pixels = np.stack([across, down * 2, (across + down) % 256, across], axis=2).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels, "RGBA").save(file, "PNG")
    return file.getvalue()


def copied(desk: Desk, path: Path) -> subprocess.Popen[str]:
    """A PNG on the clipboard, in the hands of another program; once others can ask for it."""
    owner = desk.launch(*CLIPBOARD, "-quiet", "-target", "image/png", path)
    limit = time.monotonic() + PATIENCE_S
    while "image/png" not in offered(desk):
        assert owner.poll() is None
        assert time.monotonic() < limit, "nothing comes to the clipboard"
    return owner


def offered(desk: Desk) -> str:
    """The kinds of data that the clipboard has."""
    asked = [*CLIPBOARD, "-out", "-target", "TARGETS"]
    return subprocess.run(asked, env=desk.environment, capture_output=True, text=True, check=False).stdout


def save_as(desk: Desk, voice: Voice, name: str) -> zipfile.ZipFile:
    """Ctrl+S, the name typed into the dialog, Return; the project."""
    desk.point("key", "ctrl+s")
    voice.front("Save the project")
    desk.point("key", "ctrl+a", "type", "--delay", "1", str(desk.home / name))
    desk.point("key", "Return")
    voice.front(name)
    return zipfile.ZipFile(desk.home / name)


def picture(project: zipfile.ZipFile, member: str) -> NDArray[Any]:
    with project.open(member) as file:
        return np.asarray(Image.open(file).convert("RGBA"))


def layers(project: zipfile.ZipFile) -> list[Any]:
    """From the top."""
    return ElementTree.fromstring(project.read("stack.xml")).findall(".//layer")


def only_job(desk: Desk) -> tuple[Job, BlobStore]:
    """The one job and the library's blobs; each output has its row and its bytes are what their name says."""
    folders = folders_in(desk.home / "data")
    with opened(folders, read_only=True) as library:
        (job,) = library.journal.jobs()
        rows = library.gallery.entries(GalleryQuery())
    blobs = BlobStore(folders.blobs)
    assert job.state is JobState.SUCCEEDED
    assert {blob for row in rows for blob in (row.raw, row.finished)} == {
        blob for output in job.outputs for blob in (output.raw, output.finished)
    }
    assert all(blobs.get(row.shown) for row in rows)
    return job, blobs


def may_change(job: Job, blobs: BlobStore, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where the result was pasted."""
    assert job.request.placement is not None
    assert job.request.paste_mask is not None
    box = job.request.placement.box
    whole = np.zeros(shape, bool)
    mask = np.asarray(Image.open(io.BytesIO(blobs.get(job.request.paste_mask))).convert("L"))
    whole[box.y : box.bottom, box.x : box.right] = mask > 0
    return whole


def quit_cleanly(voice: Voice) -> None:
    voice.quit()
    assert voice.process.stderr is not None
    assert "Traceback" not in voice.process.stderr.read()


def test_a_dropped_photo_is_painted_filled_applied_undone_compared_and_saved_by_hand(desk: Desk) -> None:
    (desk.home / "data").mkdir()
    (desk.home / "data" / "settings.toml").write_text("variations = 1\n", encoding="utf-8")
    voice = watched(desk)
    place = voice.where("Drop a picture here")
    empty = seen(desk)
    with dragged(desk, voice, place, "", PHOTO):
        voice.until("layers 1")
    window = voice.show_picture(PHOTO.name)
    desk.point("mousemove", "--window", window, *ASIDE)
    untouched = after(desk, empty)
    paint(desk, window)
    painted = voice.until("mask")
    desk.point("key", "ctrl+Return")
    voice.where("Nothing changed outside the mask")
    desk.point("key", "Return")
    voice.until(NO_MASK)
    desk.point("keydown", "o")
    until_seen(desk, untouched)
    desk.point("keyup", "o")
    applied = after(desk, untouched)
    desk.point("key", "ctrl+z")
    voice.until(painted)
    masked = after(desk, applied)
    assert (masked != untouched).any()
    desk.point("key", "ctrl+y")
    voice.until(NO_MASK)
    until_seen(desk, applied)
    with save_as(desk, voice, "result.ora") as project:
        result = picture(project, "mergedimage.png")
        assert len(layers(project)) == 2
    quit_cleanly(voice)
    job, blobs = only_job(desk)
    before = np.asarray(Image.open(PHOTO).convert("RGBA"))
    changed = (before != result).any(axis=2)
    assert changed.any()
    assert not (changed & ~may_change(job, blobs, changed.shape)).any()


def test_more_pictures_are_dropped_and_pasted_as_layers_and_references(desk: Desk) -> None:
    glass = desk.home / "glass.png"
    glass.write_bytes(see_through())
    voice = watched(desk, PHOTO)
    voice.until("layers 1")
    voice.show_picture(PHOTO.name)
    with dragged(desk, voice, voice.target("REFERENCE"), "REFERENCE", OTHER):
        voice.where(f"Reference 1: {OTHER.name}")
    with dragged(desk, voice, voice.where("Reference 1"), "", "--bytes", glass):
        voice.where("Reference 2: clipboard.png")
    with dragged(desk, voice, voice.target("LAYER"), "LAYER", "--bytes", glass):
        voice.until("layers 2")
    voice.bring(PHOTO.name)
    owner = copied(desk, glass)
    desk.point("key", "ctrl+v")
    voice.until("layers 3")
    owner.terminate()
    with save_as(desk, voice, "layers.ora") as project:
        found = layers(project)
        assert len(found) == 3
        for layer in found[:2]:
            assert (picture(project, layer.get("src", "")) == np.asarray(Image.open(glass))).all()
    quit_cleanly(voice)
    blobs = BlobStore(desk.home / "data" / "blobs")
    for path in (OTHER, glass):
        assert blobs.get(blob_id(path.read_bytes())) == path.read_bytes()
