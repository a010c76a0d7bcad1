"""The form as its face names it: what is typed, and the tray that references are given to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.domain.ids import ModelId
from studio.domain.problems import StudioError, UsageError
from studio.imaging.decode import decode_small
from studio.session.face.views import Notice
from studio.session.form import TrayPicture, moved, switched

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from studio.domain.capabilities import Model
    from studio.domain.ids import BlobId, ProviderId
    from studio.domain.request import ParameterValue
    from studio.session.form import Form
    from studio.session.ports import Blobs, Files, Offload
    from studio.session.tasks import Tasks

REFERENCE_SIDE = 128


class FormDesk:
    """Implements `FormFace`."""

    def __init__(
        self,
        form: Form,
        typed: Callable[[ProviderId, str], Model | None],
        *,
        offload: Offload,
        blobs: Blobs,
        files: Files,
        tasks: Tasks,
        refused: Callable[[], None],
        notice: Callable[[Notice], None],
    ) -> None:
        """`typed` gives the model of an id that was typed; `refused` is told of each value that does not fit."""
        self._form = form
        self._typed = typed
        self._refused = refused
        self._notice = notice
        self._offload = offload
        self._blobs = blobs
        self._files = files
        self._tasks = tasks
        self._tray = asyncio.Lock()
        """One reference after the other: the order in which they were given is the one in which they are sent."""
        self._giving = 0
        self._unread = 0

    def set_prompt(self, text: str) -> None:
        """As typed."""
        self._form.set_prompt(text)

    def set_model(self, model: ModelId, provider: ProviderId | None = None) -> None:
        """Choose a model."""
        self._form.set_model(model, provider)

    def type_model(self, provider: ProviderId, model: str) -> None:
        """Choose a model by its id, whether a catalogue names it or not."""
        known = self._form.find(ModelId(model.strip()), provider)
        self._form.choose(known or self._typed(provider, model.strip()))

    def set_parameter(self, name: str, value: ParameterValue | None) -> None:
        """Set one, or unset it with None. At once: Run may be what comes next."""
        self._tasks.now(lambda: self._set_parameter(name, value))

    def _set_parameter(self, name: str, value: ParameterValue | None) -> None:
        try:
            self._form.set_parameter(name, value)
        except UsageError:
            self._form.changed.emit(self._form.view())  # what was refused must not stay in its field
            self._refused()
            raise

    def set_count(self, count: int) -> None:
        """How many variations."""
        self._form.set_count(count)

    def set_seed(self, seed: int | None) -> None:
        """None draws one."""
        self._form.set_seed(seed)

    def add_reference(self, data: bytes, name: str) -> None:
        """At the end of the tray."""
        self._give(self._add(data, name))

    def add_reference_file(self, path: str) -> None:
        """At the end of the tray."""
        self._give(self._add_file(path))

    async def _add_file(self, path: str) -> None:
        data = await self._offload.compute(self._files.read, path)
        await self._add(data, path.replace("\\", "/").rsplit("/", 1)[-1])

    def add_blob(self, blob: BlobId, name: str) -> None:
        """A picture of the gallery."""
        self._give(self._add_blob(blob, name))

    async def _add_blob(self, blob: BlobId, name: str) -> None:
        await self._add(await self._blobs.get(blob), name)

    def _give(self, work: Coroutine[None, None, None]) -> None:
        self._giving += 1
        self._tasks.spawn(self._in_turn(work), work)

    async def _in_turn(self, work: Coroutine[None, None, None]) -> None:
        try:
            async with self._tray:
                await work
        except StudioError as error:
            self._unread += 1
            # What helps where a picture cannot be opened, to open another one, is no help to the tray.
            raise type(error)(replace(error.problem, action="reference.browse", button="Choose")) from error
        finally:
            self._giving -= 1

    def once_given(self, order: Callable[[], None]) -> None:
        """Order when all pictures that were given by now are in the tray. Where one of them cannot be read nothing is
        ordered: that is told, and the order would go without it."""
        if not self._giving:
            order()
            return

        async def behind_them(unread: int) -> None:
            async with self._tray:
                pass
            if unread == self._unread:
                order()
            else:
                self._notice(Notice(text="Nothing was sent, as a reference cannot be read. Run again goes without it."))

        self._tasks.spawn(behind_them(self._unread))

    async def _add(self, data: bytes, name: str) -> None:
        await self._offload.decode(data, name, megapixels=300)
        thumbnail = await self._offload.compute(decode_small, data, REFERENCE_SIDE, name)
        blob = await self._blobs.put(data)
        picture = TrayPicture(id=uuid4().hex, name=name, blob=blob, thumbnail=thumbnail)
        self._form.set_references((*self._form.references, picture))

    def set_reference(self, reference: str, *, enabled: bool) -> None:
        """On or off."""
        self._form.set_references(switched(self._form.references, reference, enabled=enabled))

    def move_reference(self, reference: str, row: int) -> None:
        """To another place."""
        self._form.set_references(moved(self._form.references, reference, row))

    def remove_reference(self, reference: str) -> None:
        """Off the tray."""
        self._form.set_references(tuple(each for each in self._form.references if each.id != reference))
