"""One connection: requests in, answers out, until either side has enough."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import TYPE_CHECKING

import h11

from studio.playground import control
from studio.playground.delivery import Cut, deliver, end
from studio.playground.exchange import Asked, Given
from studio.playground.ledger import now
from studio.playground.routes.table import answer
from studio.playground.world import Billing

if TYPE_CHECKING:
    from studio.playground.faults import Fault, Faults
    from studio.playground.world import World

log = logging.getLogger(__name__)

BODY_LIMIT = 512 * 1024 * 1024
_READ = 256 * 1024


class Conversation:
    """What is said on one connection."""

    def __init__(
        self, world: World, faults: Faults, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._world, self._faults = world, faults
        self._reader, self._writer = reader, writer
        self._connection = h11.Connection(h11.SERVER)

    async def run(self) -> None:
        """Until the client leaves, speaks no HTTP, or a fault ends it."""
        try:
            while await self._exchange():
                self._connection.start_next_cycle()
        except (Cut, ConnectionError, h11.RemoteProtocolError) as error:
            log.debug("a connection ended: %r", error)
        finally:
            self._writer.close()

    async def _exchange(self) -> bool:
        """One request and its answer; whether another may follow."""
        asked = await self._asked()
        if asked is None:
            return False
        asked.request_id = f"req_{secrets.token_hex(12)}"
        asked.time = now()
        fault = None
        if asked.path.startswith(control.FOLDER):
            given = control.answer(asked, self._world, self._faults)
        else:
            self._world.note(asked)
            fault = self._faults.take(asked)
            given = await self._attended(asked, fault)
        asked.status = given.status
        if fault is not None and fault.delay_s:
            await asyncio.sleep(fault.delay_s)
        plain = fault is None or (fault.cut is None and fault.pace is None and not fault.length)
        try:
            await deliver(self._connection, self._writer, given, None if plain else fault, asked.request_id)
        except Cut:
            if fault is not None and fault.cut is None and not fault.length:
                self._world.sent(asked, given)
            raise
        self._world.sent(asked, given)
        return self._connection.our_state is h11.DONE and self._connection.their_state is h11.DONE

    async def _attended(self, asked: Asked, fault: Fault | None) -> Given:
        """The answer. Raises Cut where the other side left before it was there, and orders are not worked on then."""
        rules = self._world.rules
        if not rules.work_s or rules.billing is Billing.ANYWAY:
            return await self._given(asked, fault)
        work = asyncio.create_task(self._given(asked, fault))
        leaving = asyncio.create_task(self._left())
        try:
            await asyncio.wait((work, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise Cut
            return work.result()
        finally:
            for task in (work, leaving):
                task.cancel()
            await asyncio.gather(work, leaving, return_exceptions=True)

    async def _left(self) -> None:
        """Until the other side does; what it says before is for later."""
        with contextlib.suppress(ConnectionError):
            while data := await self._reader.read(_READ):
                self._connection.receive_data(data)

    async def _given(self, asked: Asked, fault: Fault | None) -> Given:
        if fault is None:
            return await answer(asked, self._world)
        if fault.instead is not None:
            if fault.billed:
                await answer(asked, self._world)
            return fault.instead
        given = await answer(asked, self._world)
        return given if fault.change is None else fault.change(given, self._world)

    async def _asked(self) -> Asked | None:
        head = await self._event()
        if not isinstance(head, h11.Request):
            return None
        path, _, query = head.target.decode("latin-1").partition("?")
        asked = Asked(
            method=head.method.decode("ascii"),
            path=path,
            query=query,
            headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers),
        )
        early = self._faults.take(asked, early=True)
        if early is not None and early.cut is not None:
            await end(self._writer, early.cut[1])
        asked.body = await self._body()
        return asked

    async def _body(self) -> bytes:
        pieces: list[bytes] = []
        room = BODY_LIMIT
        while True:
            event = await self._event()
            if not isinstance(event, h11.Data):
                return b"".join(pieces)
            room -= len(event.data)
            if room < 0:
                raise Cut
            pieces.append(bytes(event.data))

    async def _event(self) -> object:
        while True:
            event = self._connection.next_event()
            if event is not h11.NEED_DATA:
                return event
            if self._connection.they_are_waiting_for_100_continue:
                go_on = h11.InformationalResponse(status_code=100, headers=[])
                self._writer.write(self._connection.send(go_on) or b"")
            self._connection.receive_data(await self._reader.read(_READ))
