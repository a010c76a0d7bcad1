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
        self._opened: set[JobId] = set()

    def hear(self, news: JobNews) -> None:
        """A job moved."""
        job = news.job
        if job.request.base is not None:
            return
        if isinstance(news.event, OutputStored) and self._editor.document is None and not self._opened:
            self._opened.add(job.id)
            self._tasks.spawn(self._open(job, news.event.output))
        if news.event is not None and job.state is JobState.SUCCEEDED and not isinstance(news.event, OutputStored):
            self._tell(job)

    async def _open(self, job: Job, output: Output) -> None:
        data = await self._blobs.get(output.raw)
        name = job.request.prompt[:60] or job.request.title or "New picture"
        self._files.open_output(data, name, output_id(job.id, output.index))

    def _tell(self, job: Job) -> None:
        rest = len(job.outputs) - (job.id in self._opened)
        self._opened.discard(job.id)
        if rest == 1:
            self._notice(Notice(text="The new picture is in the gallery."))
        elif rest > 1:
            self._notice(Notice(text="{count} new pictures are in the gallery.", facts={"count": rest}))
