"""A desk in the middle of a day's work: the photo open and masked, a job running, a result waiting, a full gallery."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from studio.domain.capabilities import Capabilities, MaskUse, Model, Parameter, ParameterKind, Price, ProviderInfo
from studio.domain.command import Needs
from studio.domain.geometry import Point, Rect, Size
from studio.domain.ids import LOCAL, BlobId, JobId, LayerId, ModelId, OutputId, ProviderId
from studio.domain.job import JobState
from studio.domain.pen import Brush
from studio.domain.request import Outcome
from studio.session.face.views import (
    DocumentView,
    FormView,
    GalleryRow,
    GalleryView,
    HistoryRow,
    JobCard,
    LayerRow,
    MaskRow,
    Readiness,
    ReferenceRow,
    RunView,
    StagingView,
    Tool,
    ToolView,
    VariationRow,
)
from tests.fakes.desk import FakeDesk
from tests.fakes.desk_canvas import pixels_of

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels

PHOTOS = Path(__file__).parent.parent / "photos"
REMOTE = ProviderId("nanogpt")

LOCAL_MODELS = tuple(
    Model(id=ModelId(name.lower().replace(" ", "-")), provider=LOCAL, name=name, note=note, free=True, capabilities=can)
    for name, note, can in (
        (
            "Fill",
            "Removes what is masked and fills the place from its surroundings.",
            Capabilities(
                reads_prompt=False,
                mask=MaskUse.REQUIRED,
                max_count=4,
                takes_seed=True,
                parameters=(
                    Parameter(
                        name="quality",
                        label="Quality",
                        kind=ParameterKind.CHOICE,
                        default="good",
                        values=("fast", "good", "best"),
                    ),
                ),
            ),
        ),
        ("Extend", "Pulls the edges of the picture out.", Capabilities(outcome=Outcome.CANVAS, max_count=3)),
        ("Select object", "Finds the object at a click.", Capabilities(outcome=Outcome.MASK)),
        ("Cut out", "Cuts out the subject as a layer.", Capabilities(outcome=Outcome.LAYER)),
        ("Upscale", "Makes the picture two times larger.", Capabilities(outcome=Outcome.PICTURE)),
    )
)

PAID_MODEL = Model(
    id=ModelId("gpt-image-2"),
    provider=REMOTE,
    name="GPT Image 2",
    note="Follows long prompts closely; takes up to four references.",
    price=Price(amount="0.04", estimate=True),
    capabilities=Capabilities(
        mask=MaskUse.OPTIONAL,
        max_references=4,
        max_count=4,
        takes_seed=True,
        parameters=(
            Parameter(
                name="size",
                label="Size",
                kind=ParameterKind.CHOICE,
                default="auto",
                values=("auto", "1:1", "3:2", "2:3"),
            ),
        ),
    ),
)


def photo(name: str, *, folder: Path = PHOTOS, edge: int | None = None) -> QImage:
    """A photograph, scaled to fit an edge where one is given; a grey picture where the file is missing."""
    found = next(iter(sorted(folder.glob(f"{name}*"))), None)
    if found is None:
        image = QImage(edge or 1200, edge or 900, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.gray)
        return image
    reader = QImageReader(str(found))
    if edge is not None:
        reader.setScaledSize(reader.size().scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def thumb(name: str, folder: Path = PHOTOS, edge: int = 256) -> Pixels:
    """The middle of a photograph as a square thumbnail."""
    image = photo(name, folder=folder, edge=edge * 2)
    side = min(image.width(), image.height())
    square = image.copy(QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side))
    return pixels_of(square.scaled(edge, edge, mode=Qt.TransformationMode.SmoothTransformation))


NAMES = ("friends", "Wine", "seeding", "aitzgorri", "Picture", "life")


def filled_desk(folder: Path = PHOTOS, *, paid: bool = False, pictures: bool = True) -> FakeDesk:
    """The desk of the drawings; with `paid` a remote model is chosen, else the local engine's fill."""
    desk = FakeDesk()
    thumbs = {name: thumb(name, folder) for name in NAMES} if pictures else {}
    friends = thumbs.get("friends")
    if pictures:
        desk.canvas.show(photo("friends", folder=folder))
        for at in range(6):
            desk.canvas.paint_mask(Point(x=1080 + at * 40, y=1150 + at * 110), 240)
    desk.show_document(_document(friends, thumbs.get("Picture")))
    desk.show_tool(ToolView(tool=Tool.BRUSH, brush=Brush(size=120, hardness=0.6)))
    desk.show_form(_form(thumbs, paid=paid))
    desk.show_gallery(_gallery(desk, thumbs))
    desk.show_jobs(_jobs(friends, paid=paid))
    desk.show_staging(_staging(friends))
    desk.show_readiness(Readiness(met=~Needs.CANDIDATES & ~Needs.REDO))
    return desk


def _document(friends: Pixels | None, fig: Pixels | None) -> DocumentView:
    return DocumentView(
        title="friends.ora",
        size=Size(width=2056, height=3088),
        saved_at=time.time() - 120,
        path="friends.ora",
        masked=0.062,
        mask_box=Rect(x=840, y=900, width=800, height=1040),
        active=LayerId("a"),
        layers=(
            LayerRow(id=LayerId("a"), name="Empty wooden fence", note="generated · 3 variations", thumbnail=friends),
            LayerRow(id=LayerId("b"), name="fig cut out", note="Normal · 100 %", thumbnail=fig),
            LayerRow(
                id=LayerId("c"), name="friends.jpg", note="original, never changed", locked=True, thumbnail=friends
            ),
        ),
        masks=(MaskRow(name="dog", share=0.062, thumbnail=friends),),
        history=tuple(
            HistoryRow(title=title, index=at)
            for at, title in enumerate(("Open friends.jpg", "Brush mask", "Brush mask", "Apply fill", "Invert mask"))
        ),
        history_index=3,
    )


def _form(thumbs: dict[str, Pixels], *, paid: bool) -> FormView:
    model = PAID_MODEL if paid else LOCAL_MODELS[0]
    return FormView(
        providers=(
            ProviderInfo(id=LOCAL, name="Local engine", local=True),
            ProviderInfo(id=REMOTE, name="NanoGPT"),
        ),
        models=(*LOCAL_MODELS, PAID_MODEL),
        model=model,
        prompt="Empty wooden fence, same light, planks as in @1" if paid else "",
        parameters=model.capabilities.parameters,
        values=(("size", "auto"),) if paid else (("quality", "good"),),
        references=(
            (
                ReferenceRow(id="r1", name="aitzgorri.jpg", thumbnail=thumbs.get("aitzgorri")),
                ReferenceRow(id="r2", name="fig.jpg", enabled=False, thumbnail=thumbs.get("Picture")),
            )
            if paid
            else ()
        ),
        run=RunView(
            enabled=True,
            free=not paid,
            price=Price(amount="0.12", estimate=True) if paid else None,
            duration="about 20 to 40 s" if paid else "about 10 s",
        ),
        frame=Rect(x=820, y=880, width=848, height=1080),
        frame_label="Sent: 848 × 1080 at full size",
    )


def gallery_row(number: int, title: str = "Empty wooden fence", *, starred: bool = False) -> GalleryRow:
    """One picture of the gallery; higher numbers are newer."""
    return GalleryRow(
        id=OutputId(f"job{number:06}-0"),
        blob=BlobId("0" * 64),
        title=title,
        prompt="Empty wooden fence, same light",
        model="Fill",
        provider="Local engine",
        parameters=(("Quality", "good"),),
        created=1_790_000_000 + number,
        size=Size(width=2056, height=3088),
        seed=number,
        starred=starred,
    )


def _gallery(desk: FakeDesk, thumbs: dict[str, Pixels]) -> GalleryView:
    order = ("friends", "Wine", "seeding", "aitzgorri", "Picture", "life") * 3
    rows = tuple(gallery_row(40 - at, starred=at in (1, 4)) for at in range(len(order)))
    for row, name in zip(rows, order, strict=True):
        if name in thumbs:
            desk.gallery.pictures[row.id] = thumbs[name]
    return GalleryView(rows=rows, total=len(rows))


def _jobs(friends: Pixels | None, *, paid: bool) -> tuple[JobCard, ...]:
    now = time.time()
    provider, model = ("NanoGPT", "GPT Image 2") if paid else ("Local engine", "Fill")
    return (
        JobCard(
            job=JobId("j2"),
            title="Empty wooden fence",
            model=model,
            provider=provider,
            state=JobState.RUNNING,
            phase="making 3 pictures",
            fraction=0.62,
            created=now - 16,
            started=now - 14,
            thumbnail=friends,
        ),
        JobCard(
            job=JobId("j3"),
            title="Remove the rope",
            model=model,
            provider=provider,
            state=JobState.QUEUED,
            phase="waiting",
            created=now - 5,
            thumbnail=friends,
        ),
    )


def _staging(friends: Pixels | None) -> StagingView:
    return StagingView(
        job=JobId("j1"),
        variations=tuple(
            VariationRow(output=OutputId(f"j1-{at}"), label=str(at + 1), thumbnail=friends) for at in range(3)
        ),
        index=0,
        note="nothing changed outside the mask",
    )
