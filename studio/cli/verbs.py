"""Each verb as calls on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.asked import Doctor, Edit, Gallery, GalleryDo, Jobs, JobsDo, Models, Project, Verb
from studio.cli.follow import Follower
from studio.cli.status import Status

if TYPE_CHECKING:
    from studio.cli.speech import Speech
    from studio.session.face.terminal import TerminalDesk


async def carry_out(verb: Verb, desk: TerminalDesk, speech: Speech) -> Status:
    """Do what was asked and tell it. Raises StudioError where a verb that is not followed cannot be done."""
    match verb:
        case Edit():
            return await Follower(desk, speech).follow(desk.edit(verb.order))
        case Jobs():
            return await _jobs(verb, desk, speech)
        case Models():
            speech.models(await desk.models(verb.provider, refresh=verb.refresh))
        case Gallery():
            await _gallery(verb, desk, speech)
        case Project():
            await _project(verb, desk, speech)
        case Doctor():
            speech.facts(await desk.doctor())
    return Status.DONE


async def _jobs(verb: Jobs, desk: TerminalDesk, speech: Speech) -> Status:
    match verb.do:
        case JobsDo.LIST:
            speech.jobs(await desk.jobs())
        case JobsDo.SHOW:
            speech.jobs([await desk.job(verb.job)])
        case JobsDo.RUN:
            return await Follower(desk, speech).follow(desk.run(verb.key_file))
        case JobsDo.RESUME:
            return await Follower(desk, speech).follow(desk.resume(verb.key_file))
        case JobsDo.CANCEL:
            status = await Follower(desk, speech).follow(desk.cancel(verb.job))
            # That the job ends cancelled is what was asked for.
            return Status.DONE if status is Status.CANCELLED else status
    return Status.DONE


async def _gallery(verb: Gallery, desk: TerminalDesk, speech: Speech) -> None:
    match verb.do:
        case GalleryDo.LIST | GalleryDo.SEARCH:
            speech.gallery(await desk.gallery(verb.words))
        case GalleryDo.EXPORT:
            speech.files(await desk.export(verb.ids, verb.folder, verb.form))
        case GalleryDo.TRASH:
            await desk.trash(verb.ids)
        case GalleryDo.RESTORE:
            await desk.restore(verb.ids)


async def _project(verb: Project, desk: TerminalDesk, speech: Speech) -> None:
    if verb.output is None:
        speech.project(await desk.project_info(verb.path))
        return
    await desk.flatten(verb.path, verb.output)
    speech.files([verb.output])
