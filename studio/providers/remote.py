"""A provider on the wire: an order is made ready, sent once, and what comes is told as it comes."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING, Any

from studio.domain.capabilities import ProviderInfo
from studio.domain.catalogue import problem
from studio.domain.job import ProviderProgress, ProviderSending
from studio.domain.problems import OutcomeLost, ProviderError, StudioError
from studio.providers import accounts
from studio.providers.asking import key_for, needed_key
from studio.providers.calls import PICTURES_CAP, Call
from studio.providers.catalogues import Catalogue, Desk
from studio.providers.collecting import Collecting
from studio.providers.pace import Pace
from studio.providers.preparing import Given, Ready, make_ready
from studio.providers.retries import resend_after
from studio.wire.replies import read_reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

    from studio.domain.capabilities import Model, Price
    from studio.domain.ids import JobId, ModelId
    from studio.domain.job import ProviderEvent, ResultAddress
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import EditRequest
    from studio.domain.secret import Secret
    from studio.providers.http import Http
    from studio.providers.ports import BlobReader, CatalogueStore, KeyReader, Pool
    from studio.wire.messages import Account, Reply

    Tell = Callable[[ProviderEvent], None]

log = logging.getLogger(__name__)


class RemoteProvider:
    """Matches `jobs.ports.Provider`. Used on one loop. `balance` is what the last answer told of the account."""

    def __init__(
        self,
        profile: ProviderProfile,
        http: Http,
        keys: KeyReader,
        blobs: BlobReader,
        pool: Pool,
        store: CatalogueStore,
    ) -> None:
        self.info = ProviderInfo(id=profile.id, name=profile.shown_name)
        self.balance: Price | None = None
        self._profile = profile
        self._http = http
        self._keys = keys
        self._blobs = blobs
        self._pool = pool
        self._catalogue = Catalogue(profile, Desk(http=http, keys=keys, store=store, pool=pool))
        self._collecting = Collecting(profile, http)

    @property
    def profile(self) -> ProviderProfile:
        """As it was set up."""
        return self._profile

    async def models(self) -> Sequence[Model]:
        """What it offered when it was last asked; nothing is fetched."""
        return await self._catalogue.known()

    async def refresh(self) -> Sequence[Model]:
        """What it offers now. Raises ProviderError; then the last good list stays."""
        return await self._catalogue.refresh()

    async def detailed(self, model: ModelId) -> Model:
        """A model with what the provider tells of it alone (prices by size, limits of its pictures)."""
        return await self._catalogue.detailed(model)

    async def check(self) -> Account:
        """What a free question tells of the key. Raises ProviderError, StorageError."""
        return await accounts.check(self._profile, self._http, await self._keys.key(self._profile.id))

    async def charged(self, job: JobId, request_id: str) -> Price | None:
        """What a request was charged, asked with the job's own key where it has one; None where that is not told
        (yet). Raises ProviderError, StorageError."""
        key = await self._keys.key(self._profile.id, job)
        return await accounts.charged(self._profile, self._http, key, request_id)

    def submit(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """Send the order, once, and tell what comes.

        Raises ProviderError where nothing was sent or it was refused, OutcomeLost where it may have been charged,
        ResultExpired where its pictures are gone.
        """
        return _told(lambda tell: self._work(job, request, tell))

    async def replay(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """Nothing of an answer is kept yet. Raises OutcomeLost."""
        raise OutcomeLost(problem("outcome-unknown"))
        yield

    def fetch(
        self, job: JobId, request: EditRequest, results: Sequence[ResultAddress], *, patient: bool
    ) -> AsyncIterator[ProviderEvent]:
        """Fetch pictures that were made. Raises ResultExpired, OutcomeLost where some did not come."""
        return _told(lambda tell: self._collecting.fetch(results, request.seed, tell))

    async def online(self) -> None:
        """Wait until it can be reached."""

    async def settled(self, job: JobId, *, unread: bool = False) -> None:
        """What was received on the way may go."""

    async def _work(self, job: JobId, request: EditRequest, tell: Callable[[ProviderEvent], None]) -> None:
        key, ready = await self._ready(job, request, tell)
        tell(ProviderSending())
        reply = await self._replied(ready, key, tell)
        self.balance = reply.balance or self.balance
        tell(self._collecting.came(reply, request.seed, tell))

    async def _ready(
        self, job: JobId, request: EditRequest, tell: Callable[[ProviderEvent], None]
    ) -> tuple[Secret | None, Ready]:
        """The key and the message. Whatever goes wrong here, nothing was sent."""
        tell(ProviderProgress(phase="Preparing"))
        try:
            key = needed_key(self._profile, await self._keys.key(self._profile.id, job))
            given = await self._given(request)
            ready = await self._pool.compute(make_ready, given, secrets.token_hex(16))
        except ProviderError:
            raise
        except StudioError as error:
            raise ProviderError(error.problem) from error
        if ready.changed:
            tell(ProviderProgress(phase=ready.changed))
        return key, ready

    async def _given(self, request: EditRequest) -> Given:
        model = await self._catalogue.detailed(request.model)
        return Given(
            profile=self._profile,
            model=model,
            request=request,
            base=await self._blobs.get(request.base) if request.base is not None else None,
            mask=await self._blobs.get(request.mask) if request.mask is not None else None,
            references=tuple([await self._blobs.get(each) for each in request.references]),
        )

    async def _replied(self, ready: Ready, key: Secret | None, tell: Callable[[ProviderEvent], None]) -> Reply:
        """The answer to the order, which is sent again only where that cannot charge twice. One deadline for all."""
        timer = self._http.world.timer
        until = timer.now() + self._profile.deadline_s
        tries = 1
        while True:
            try:
                return await self._sent(ready, key, max(1.0, until - timer.now()), tell)
            except ProviderError as error:
                wait = resend_after(error, tries, self._http.world.chance())
                if wait is None or timer.now() + wait >= until:
                    raise
                log.info("an order to %s goes again in %.1f s: %s", self._profile.id, wait, error)
            tell(ProviderProgress(phase=f"{self.info.name} takes no orders right now; waiting {wait:.0f} s"))
            await timer.pause(wait)
            tries += 1

    async def _sent(
        self, ready: Ready, key: Secret | None, seconds: float, tell: Callable[[ProviderEvent], None]
    ) -> Reply:
        call = Call(
            message=ready.message,
            provider=self._profile.shown_name,
            paid=True,
            key=key_for(self._profile, ready.message, key),
            cap=PICTURES_CAP,
            seconds=seconds,
            told=Pace(tell),
        )
        return await self._pool.compute(read_reply, await self._http.exchange(call), self._profile)


async def _told(
    work: Callable[[Callable[[ProviderEvent], None]], Coroutine[Any, Any, None]],
) -> AsyncIterator[ProviderEvent]:
    """What a piece of work tells, as it tells it. Raises what it raises; closing ends the work."""
    events: asyncio.Queue[ProviderEvent | None] = asyncio.Queue()
    task = asyncio.create_task(work(events.put_nowait))
    task.add_done_callback(lambda _: events.put_nowait(None))
    try:
        while (event := await events.get()) is not None:
            yield event
        task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
