"""Each verb as calls on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.asked import (
    Check,
    Doctor,
    Edit,
    Gallery,
    GalleryDo,
    GiveKey,
    Jobs,
    JobsDo,
    Models,
    Play,
    Project,
    Providers,
    SetUp,
    Verb,
)
from studio.cli.follow import Follower
from studio.cli.keys import given_key
from studio.cli.status import Status, status_of_cancel

if TYPE_CHECKING:
    from studio.cli.speech import Speech
    from studio.session.face.terminal import TerminalDesk, WritingDesk


async def read(verb: Verb, desk: TerminalDesk, speech: Speech) -> Status:
    """Tell what was asked for by a verb that only reads. Raises StudioError."""
    match verb:
        case Jobs(do=JobsDo.SHOW):
            speech.jobs([await desk.job(verb.job)])
        case Jobs():
            speech.jobs(await desk.jobs())
        case Models():
            speech.models(await desk.models(verb.provider, refresh=verb.refresh, key_file=verb.key_file))
        case Providers():
            speech.providers(await desk.providers())
        case GiveKey():
            key = given_key(verb.provider, verb.file, speech)
            speech.kept(verb.provider, await desk.give_key(verb.provider, key))
        case Check():
            return await _check(verb, desk, speech)
        case Gallery(do=GalleryDo.EXPORT):
            speech.files(await desk.export(verb.ids, verb.folder, verb.form))
        case Gallery():
            speech.gallery(await desk.gallery(verb.words))
        case Project():
            await _project(verb, desk, speech)
        case Doctor():
            speech.facts(await desk.doctor())
        case Edit() | SetUp() | Play():
            raise AssertionError(f"{verb} does not only read")
    return Status.DONE


async def write(verb: Verb, desk: WritingDesk, speech: Speech) -> Status:
    """Do what was asked by any other verb, and tell it. Raises StudioError where it is not followed."""
    match verb:
        case Edit():
            return await Follower(desk, speech).follow(desk.edit(verb.order))
        case SetUp():
            await desk.set_up(verb.change)
            return Status.DONE
        case Jobs():
            return await _jobs(verb, desk, speech)
        case Gallery():
            await (desk.trash if verb.do is GalleryDo.TRASH else desk.restore)(verb.ids)
            return Status.DONE
        case _:
            raise AssertionError(f"{verb} only reads")


async def _check(verb: Check, desk: TerminalDesk, speech: Speech) -> Status:
    """A key that was refused is a refusal; one that cannot be told free of charge is no trouble."""
    found = await desk.check(verb.provider, verb.key_file)
    speech.check(found)
    return Status.FAILED if found.good is False else Status.DONE


async def _jobs(verb: Jobs, desk: WritingDesk, speech: Speech) -> Status:
    match verb.do:
        case JobsDo.RUN:
            return await Follower(desk, speech).follow(desk.run(verb.key_file))
        case JobsDo.RESUME:
            return await Follower(desk, speech).follow(desk.resume(verb.key_file))
        case _:
            return await Follower(desk, speech, status_of_cancel).follow(desk.cancel(verb.job))


async def _project(verb: Project, desk: TerminalDesk, speech: Speech) -> None:
    if verb.output is None:
        speech.project(await desk.project_info(verb.path))
        return
    await desk.flatten(verb.path, verb.output)
    speech.files([verb.output])
