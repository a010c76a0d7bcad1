"""Takes the pictures of README and help from the running program, offscreen: the real session, engine and library.

python packaging/pictures.py            writes resources/help/pictures/*.png
python packaging/pictures.py FOLDER     writes them there
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QBuffer, Qt, QTimer, Signal

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from studio.app.opening import Opening  # noqa: E402 -- the house must be on the path first
from studio.cli.window import OpenWindow  # noqa: E402 -- after the path, as above
from studio.domain.job import JobState  # noqa: E402 -- after the path, as above
from studio.domain.pen import Brush, PenSample  # noqa: E402 -- after the path, as above
from studio.domain.settings import Settings  # noqa: E402 -- after the path, as above
from studio.session.face.views import Tool  # noqa: E402 -- after the path, as above
from studio.storage.folders import Folders  # noqa: E402 -- after the path, as above
from studio.ui.application import make_application  # noqa: E402 -- after the path, as above
from studio.ui.dialogs.export import ExportDialog  # noqa: E402 -- after the path, as above
from studio.ui.theme.palette import Theme  # noqa: E402 -- after the path, as above
from studio.ui.window import MainWindow  # noqa: E402 -- after the path, as above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from studio.session.face.desk import Desk

TARGET = HOUSE / "resources" / "help" / "pictures"
WIDTH, HEIGHT = 1440, 900
COLUMN = 600
"""The width of a help page's text, in pixels."""
HEAVIEST = 400_000
PATIENCE = 240.0
"""Seconds that one step may take before the script gives up."""
STILL = 0.3
"""Seconds between two looks that must be alike."""
STROKES = HOUSE / "resources" / "sample" / "stroke.json"
BEFORE = (
    ("life_by_Aitzol_Berasategi.jpg", "remove-branch.png"),
    ("Picture_0B_by_freespace.jpg", "remove-fig.png"),
    ("aitzgorri_by_Aitzol_Berasategi.jpg", "remove-fir.png"),
    ("seeding_by_Clements_Engelhardt.jpg", "remove-dandelion.png"),
    ("Wine_by_Jakkub_Mede.jpg", "remove-bottle.png"),
)
"""Photographs and masks of the work that fills the gallery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A part of this size (pixels), from the middle of the bottom if nothing else is said, small enough for a page."""

    width: int
    height: int = HEIGHT
    left: bool = False
    top: bool = False
    scaled: int = COLUMN

    def of(self, image: QImage) -> QImage:
        """That part of the picture."""
        width, height = min(self.width, image.width()), min(self.height, image.height())
        x = 0 if self.left else (image.width() - width) // 2
        y = 0 if self.top else image.height() - height
        part = image.copy(x, y, width, height)
        if width <= self.scaled:
            return part
        return part.scaledToWidth(self.scaled, mode=Qt.TransformationMode.SmoothTransformation)


class Sitter(MainWindow):
    """The window, which also tells when it has its session."""

    attached = Signal()

    def attaching(self, desk: Desk) -> Iterator[None]:
        yield from super().attaching(desk)
        self.attached.emit()


class Sitting:
    """One session in front of the camera. `status` is 0 when all pictures were taken."""

    def __init__(self, window: Sitter, place: Path, target: Path) -> None:
        """`place` is a folder for files that nobody needs afterwards, `target` the one for the pictures."""
        self.status = 1
        self._place = place
        self._target = target
        self._window = window
        self._task: asyncio.Task[None] | None = None
        window.attached.connect(self._begin)
        QTimer.singleShot(int(PATIENCE * 1000), self._look)

    def _look(self) -> None:
        if self._task is None:
            print("The window never got its session.", file=sys.stderr)
            self._window.close()

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            await self._take_all()
            self.status = 0
        except TimeoutError:
            print(f"Nothing more happened; the last picture is {newest(self._target)}.", file=sys.stderr)
        finally:
            self._window.close()

    @property
    def _desk(self) -> Desk:
        assert self._window.desk is not None
        return self._window.desk

    async def _take_all(self) -> None:
        await self._until(lambda: bool(self._desk.form_view().models))
        for photo, mask in BEFORE:
            await self._work(photo, mask)
        await self._sample()
        await self._quiet()
        await self._take("mask", self._window.canvas, Cut(width=720, height=440, top=True, scaled=440))
        await self._take("window", self._window)
        await self._take("overview", self._window, Cut(width=WIDTH, scaled=440))
        await self._take("gallery", self._window.docks["gallery"], Cut(width=COLUMN, left=True))
        await self._run_job(3)
        await self._take("results", self._window)
        await self._take("staging", self._window.canvas, Cut(width=800, height=420))
        self._desk.change_settings(replace(self._desk.settings(), theme="light"))
        await self._take("light", self._window)
        self._desk.change_settings(replace(self._desk.settings(), theme="dark"))
        self._desk.perform("staging.apply")
        await self._until(self._applied)
        await self._take("layers", self._window.docks["layers"], Cut(width=COLUMN, height=120, top=True))
        await self._take_export()

    async def _work(self, photo: str, mask: str) -> None:
        """Open a photograph, remove what its mask says, and leave the result in the gallery."""
        self._desk.document.open([str(HOUSE / "tests" / "photos" / photo)])
        await self._until(lambda: self._title() == photo)
        self._desk.document.load_mask(str(fitted(HOUSE / "tests" / "masks" / mask, self._size(), self._place)))
        await self._until(lambda: self._masked() > 0)
        await self._run_job(2)

    async def _sample(self) -> None:
        self._desk.document.open_sample()
        await self._until(lambda: self._title() == "friends.jpg")
        self._desk.set_tool(Tool.BRUSH)
        recipe = json.loads(STROKES.read_text(encoding="utf-8"))
        self._desk.set_brush(Brush(size=float(recipe["size"]), hardness=0.9, pressure_size=False))
        for stroke in recipe["strokes"]:
            samples = [PenSample(x=float(x), y=float(y)) for x, y in stroke]
            self._desk.canvas.begin(samples[0])
            self._desk.canvas.move(samples[1:])
            self._desk.canvas.end()
        self._desk.form.set_count(3)
        await self._until(lambda: self._masked() > 0)

    async def _run_job(self, count: int) -> None:
        self._desk.form.set_count(count)
        await self._until(lambda: self._desk.form_view().run.enabled)
        self._desk.perform("generate.run")
        await self._until(lambda: self._failed() or self._waits(count))
        if self._failed():
            raise RuntimeError(self._desk.job_cards()[0].problem)

    async def _take_export(self) -> None:
        self._window.commands.run("file.export")
        dialog = self._window.findChildren(ExportDialog)[0]
        dialog.folder.take("Pictures")
        await self._take("export", dialog)
        dialog.close()

    async def _take(self, name: str, widget: QWidget, cut: Cut | None = None) -> None:
        image = await self._still(widget)
        keep(self._target / f"{name}.png", image if cut is None else cut.of(image))

    async def _still(self, widget: QWidget) -> QImage:
        """What it shows once two looks in a row are alike: all tiles and thumbnails are there."""
        async with asyncio.timeout(PATIENCE):
            before, now = None, widget.grab().toImage()
            while before != now:
                await asyncio.sleep(STILL)
                before, now = now, widget.grab().toImage()
        return now

    async def _quiet(self) -> None:
        """Until no passing word lies over the canvas."""
        toast, gone = self._window.notices.toast(), asyncio.Event()
        if toast is not None:
            toast.destroyed.connect(gone.set)
            async with asyncio.timeout(PATIENCE):
                await gone.wait()

    async def _until(self, holds: Callable[[], bool]) -> None:
        """Wait for news of the session after which it holds."""
        desk, heard = self._desk, asyncio.Event()
        news = (desk.document_changed, desk.form_changed, desk.staging_changed, desk.jobs_changed)
        links = [signal.connect(lambda _: heard.set()) for signal in news]
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await heard.wait()
                    heard.clear()
        finally:
            for unlink in links:
                unlink()

    def _title(self) -> str:
        view = self._desk.document_view()
        return "" if view is None else view.title

    def _size(self) -> tuple[int, int]:
        view = self._desk.document_view()
        return (0, 0) if view is None else (view.size.width, view.size.height)

    def _masked(self) -> float:
        view = self._desk.document_view()
        return 0.0 if view is None else view.masked

    def _applied(self) -> bool:
        view = self._desk.document_view()
        return view is not None and len(view.layers) > 1 and all(row.thumbnail for row in view.layers)

    def _waits(self, count: int) -> bool:
        view = self._desk.staging_view()
        return view is not None and not view.running and view.can_apply and len(view.variations) == count

    def _failed(self) -> bool:
        cards = self._desk.job_cards()
        return bool(cards) and cards[0].state is JobState.FAILED


def keep(path: Path, image: QImage) -> None:
    """Write a picture with as many colours as a palette holds; ValueError where it is still too heavy."""
    buffer = QBuffer()
    image.save(buffer, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]  the stub wants bytes, Qt wants str
    picture = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    picture.quantize(256).save(path, optimize=True)
    print(f"{path.name}: {picture.width} x {picture.height}, {path.stat().st_size} bytes", flush=True)
    if path.stat().st_size > HEAVIEST:
        raise ValueError(f"{path.name} is heavier than {HEAVIEST} bytes")


def fitted(mask: Path, size: tuple[int, int], place: Path) -> Path:
    """The mask at the size of the photograph: some photographs were stored smaller than their masks."""
    path = place / mask.name
    Image.open(mask).convert("L").resize(size).save(path)
    return path


def newest(folder: Path) -> str:
    """The name of the picture that was written last."""
    return max(((path.stat().st_mtime, path.name) for path in folder.glob("*.png")), default=(0.0, "none"))[1]


def main(arguments: list[str]) -> int:
    """Sit and be taken; the answer is the exit status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    target = Path(arguments[0]) if arguments else TARGET
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folders = Folders.at(place)
        folders.make()
        app = make_application(["overpaint"])
        settings = Settings(theme="dark", autosave_seconds=300)
        window = Sitter(settings, Theme(app, "dark"), layout_file=str(folders.config / "window.ini"))
        window.resize(WIDTH, HEIGHT)
        sitting = Sitting(window, Path(place), target)
        opening = Opening(app, window, folders, OpenWindow(data_dir=place))
        window.show()
        app.exec()
        opening.end()
    return sitting.status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
