"""Pictures that were made of words alone. They belong to no document: the first becomes one where none is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.ids import output_id
from studio.domain.job import JobState, OutputStored
from studio.session.face.views import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobNews, Output
    from studio.session.documents import Documents
    from studio.session.editor import Editor
    from studio.session.ports import Blobs
    from studio.session.tasks import Tasks


class NewPictures:
    """Hears of every job; what has a picture of a document under it is the results' matter."""

    def __init__(
        self, editor: Editor, files: Documents, blobs: Blobs, tasks: Tasks, notice: Callable[[Notice], None]
    ) -> None:
        self._editor = editor
        self._files = files
        self._blobs = blobs
        self._tasks = tasks
        self._notice = notice
        self._opening: JobId | None = None
        self._opened: set[JobId] = set()
        self._ended: dict[JobId, Job] = {}
        """Those that ended while their picture was on its way to be opened: whether it was is known after that only."""

    def hear(self, news: JobNews) -> None:
        """A job moved."""
        job = news.job
        if job.request.base is not None:
            return
        if isinstance(news.event, OutputStored):
            if self._editor.document is None and self._opening is None and job.id not in self._opened:
                self._opening = job.id
                self._tasks.spawn(self._open(job, news.event.output))
        elif news.event is not None and job.state.is_final:
            if self._opening == job.id:
                self._ended[job.id] = job
            else:
                self._end(job)

    async def _open(self, job: Job, output: Output) -> None:
        try:
            data = await self._blobs.get(output.raw)
            name = job.request.prompt[:60] or job.request.title or "New picture"
            if await self._files.open_first(data, name, output_id(job.id, output.index)):
                self._opened.add(job.id)
        finally:
            self._opening = None
            ended = self._ended.pop(job.id, None)
            if ended is not None:
                self._end(ended)

    def _end(self, job: Job) -> None:
        if job.state is JobState.SUCCEEDED:
            self._tell(job)
        self._opened.discard(job.id)

    def _tell(self, job: Job) -> None:
        rest = len(job.outputs) - (job.id in self._opened)
        if rest == 1:
            self._notice(Notice(text="The new picture is in the gallery."))
        elif rest > 1:
            self._notice(Notice(text="{count} new pictures are in the gallery.", facts={"count": rest}))
