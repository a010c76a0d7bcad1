"""What is said of a job whose result is waited for, whenever its news came."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import new_document
from studio.domain.catalogue import problem
from studio.domain.geometry import Rect, Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId
from studio.domain.job import Failed, Job, JobNews, JobState, ProviderProgress
from studio.domain.pen import Brush
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.request import EditRequest, Placement
from studio.domain.settings import Overlay
from studio.session.canvas import Canvas
from studio.session.cards import Cards
from studio.session.editing import Editing
from studio.session.editor import Editor
from studio.session.results import Results
from studio.session.selecting import ObjectSelection
from studio.session.tasks import Tasks
from studio.session.tooling import Tooling
from tests.fakes.offload import AtOnce, NoSelector

if TYPE_CHECKING:
    from studio.session.face.views import Notice

SIZE = Size(width=8, height=6)
REQUEST = EditRequest(
    provider=LOCAL,
    model=ModelId("remove"),
    placement=Placement(document=SIZE, box=Rect.of_size(SIZE), sent=SIZE),
)
JOB = Job(id=JobId("1"), request=REQUEST, created=0.0)
RUNNING = replace(JOB, state=JobState.RUNNING, started=1.0)
DIED = problem("engine-died")
FAILED = replace(JOB, state=JobState.FAILED, problem=DIED)


class NoBlobs:
    async def put(self, data: bytes) -> BlobId:
        raise AssertionError("nothing is stored here")

    async def get(self, blob: BlobId) -> bytes:
        raise AssertionError("nothing is read here")

    def path(self, blob: BlobId) -> str:
        return ""


class Scene:
    """A document is open, and news reach cards and results in the order of the session."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.cards = Cards(str, str)
        editor, offload = Editor(), AtOnce()
        tasks = self.tasks = Tasks(lambda _: None)
        tooling = Tooling(Brush(), Overlay())
        selection = ObjectSelection(editor, tooling, offload, NoSelector(), tasks)
        data = memoryview(bytes(SIZE.area * 4))
        photo = Pixels(size=SIZE, stride=SIZE.width * 4, format=PixelFormat.BGRA, data=data)
        self.key = editor.open(new_document(photo, "Photo"), "Photo").key
        self.results = Results(
            editor=editor,
            canvas=Canvas(Editing(editor, offload, tasks), tooling, offload, tasks, selection),
            tooling=tooling,
            offload=offload,
            blobs=NoBlobs(),
            tasks=tasks,
            cards=self.cards,
            notice=self.notices.append,
            name=lambda _: "Fill",
            mark_applied=self._marked,
        )

    async def _marked(self, output: str) -> None:
        raise AssertionError(f"nothing was applied: {output}")

    def hear(self, news: JobNews) -> None:
        self.cards.hear(news)
        self.results.hear(news)

    def said(self) -> str:
        """What the bar on the canvas says; the job's card says the same."""
        view, (card,) = self.results.view(), self.cards.view()
        assert view is not None
        assert view.phase == card.phase
        return view.phase


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_bar_on_the_canvas_says_what_the_card_says(scene: Scene) -> None:
    scene.hear(JobNews(job=JOB))
    scene.results.expect(JOB, scene.key)
    assert scene.said() == "Waiting in the queue"
    scene.hear(JobNews(job=RUNNING))
    assert scene.said() == "Preparing"
    scene.hear(JobNews(job=RUNNING, progress=ProviderProgress(phase="Filling", fraction=0.2)))
    assert scene.said() == "Filling"


def test_news_from_before_it_was_expected_counts(scene: Scene) -> None:
    scene.hear(JobNews(job=RUNNING, progress=ProviderProgress(phase="Filling", fraction=0.2)))
    scene.results.expect(JOB, scene.key)
    assert scene.said() == "Filling"


@pytest.mark.parametrize("expected_first", [True, False])
def test_a_job_that_fails_at_once_is_told_of_once_and_not_waited_for(scene: Scene, *, expected_first: bool) -> None:
    async def story() -> None:
        if expected_first:
            scene.results.expect(JOB, scene.key)
        scene.hear(JobNews(job=FAILED, event=Failed(problem=DIED)))
        if not expected_first:
            scene.results.expect(JOB, scene.key)
        assert scene.results.view() is None
        assert [each.problem for each in scene.notices] == [DIED]
        await scene.tasks.settle()

    asyncio.run(story())
