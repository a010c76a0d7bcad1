"""A provider on the wire: an order is made ready, sent once, and what comes is told as it comes."""

from __future__ import annotations

import logging
import math
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.capabilities import ProviderInfo
from studio.domain.job import ProviderProgress, ProviderSending
from studio.domain.problems import OutcomeLost, ProviderError, StorageError, StudioError
from studio.domain.profile import ProviderKind
from studio.providers import accounts
from studio.providers.asking import key_for, needed_key
from studio.providers.budget import Budget
from studio.providers.calls import PICTURES_CAP, Call, CutShort, Unsent
from studio.providers.catalogues import Catalogue, Desk
from studio.providers.collecting import Collecting
from studio.providers.downloads import Downloads
from studio.providers.echoes import Guarded, is_echo, masked_head, unnamed, without_key
from studio.providers.outages import Outages
from studio.providers.pace import Pace
from studio.providers.receiving import head_of, is_unreadable, read_again, unpacked_so_far
from studio.providers.retries import resend_after
from studio.providers.telling import told
from studio.wire.refusals import request_id
from studio.wire.replies import read_reply
from studio.wire.urls import origin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from studio.domain.capabilities import Model, Price
    from studio.domain.ids import JobId, ModelId
    from studio.domain.job import ProviderEvent, ResultAddress
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import EditRequest
    from studio.domain.secret import Secret
    from studio.providers.http import Http
    from studio.providers.ports import BlobReader, CatalogueStore, KeyReader, Pool, Receiving, Spool
    from studio.providers.preparing import Given, Ready
    from studio.providers.telling import Telling
    from studio.wire.messages import Account, Answer, Reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Supplies:
    """What remote providers work with."""

    http: Http
    keys: KeyReader
    blobs: BlobReader
    pool: Pool
    store: CatalogueStore
    spool: Spool


class RemoteProvider:
    """Matches `jobs.ports.Provider`. Used on one loop. `balance` is what the last answer told of the account."""

    def __init__(self, profile: ProviderProfile, supplies: Supplies) -> None:
        self.info = ProviderInfo(id=profile.id, name=profile.shown_name)
        self.balance: Price | None = None
        self._profile = profile
        self._http = supplies.http
        self._keys = supplies.keys
        self._blobs = supplies.blobs
        self._pool = supplies.pool
        self._spool = supplies.spool
        desk = Desk(http=supplies.http, keys=supplies.keys, store=supplies.store, pool=supplies.pool)
        self._catalogue = Catalogue(profile, desk)
        world = supplies.http.world
        self._outages = Outages(world)
        self._budget = Budget(world.timer)
        downloads = Downloads(supplies.http, self._outages, self._budget)
        self._collecting = Collecting(profile, downloads, world.timer, supplies.pool, supplies.spool)

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
        return await accounts.check(self._profile, self._http, await self._key())

    async def charged(self, job: JobId, request_id: str) -> Price | None:
        """What a request was charged, asked with the job's own key where it has one; None where that is not told
        (yet). Raises ProviderError, StorageError."""
        key = await self._key(job)
        return await accounts.charged(self._profile, self._http, key, request_id)

    def submit(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """Send the order, once, and tell what comes. Its first byte leaves when `ProviderSending` was taken.

        Raises ProviderError where nothing was sent (Offline: for want of a network) or it was refused, OutcomeLost
        where it may have been charged; then the pictures that came whole before the answer broke off were told, and
        the addresses of others.
        """
        return told(lambda tell: self._ordered(job, request, tell))

    def replay(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """The same from what was received before the program ended. Raises OutcomeLost where that is not all of it,
        once the pictures and addresses were told that came whole."""
        return told(lambda tell: self._replayed(job, request, tell))

    def fetch(
        self, job: JobId, request: EditRequest, results: Sequence[ResultAddress], *, patient: bool
    ) -> AsyncIterator[ProviderEvent]:
        """Fetch pictures that were made; what had come whole before the program ended is not fetched again.

        Raises ResultExpired, OutcomeLost where some did not come.
        """
        return told(lambda tell: self._collecting.fetch(job, results, request.seed, tell, patient=patient))

    async def sharing(self, key: Secret | None, jobs: Sequence[JobId]) -> Sequence[JobId]:
        """Those of these jobs that would be sent with this key now; for None, those for which there is none. The
        keyring is asked once at most."""
        lent = {job: await self._sent_key(job) for job in jobs if self._keys.is_lent(job)}
        stored = await self._sent_key() if len(lent) < len(jobs) else None
        return [job for job in jobs if lent.get(job, stored) == key]

    async def online(self) -> None:
        """Wait until a connection to it, or to the proxy before it, can be had. Nothing is asked."""
        place = origin(self._profile)
        await self._outages.over(place, place, math.inf)

    async def settled(self, job: JobId, *, unread: bool = False) -> None:
        """What was received on the way may go; an answer that came whole and nobody could read is kept aside."""
        self._collecting.settled(job)
        key = await self._known_key(job) if unread else None
        await self._pool.compute(self._settle, job, unread, key)

    def _settle(self, job: JobId, unread: bool, key: Secret | None) -> None:
        raw = self._spool.read(job, None) if unread else None
        kept = raw is not None and is_unreadable(raw, self._profile) and not is_echo(raw.body, key)
        self._spool.settle(job, unread=kept)

    async def _ordered(self, job: JobId, request: EditRequest, tell: Telling) -> None:
        key, ready = await self._ready(job, request, tell)
        try:
            answer, reply = await self._replied(job, ready, key, tell)
        except OutcomeLost as error:
            await self._save(job, error, request, tell)
            raise
        self._collecting.learnt(job)
        self._came(job, answer, without_key(reply, key, self.info.name), request, tell)

    async def _replayed(self, job: JobId, request: EditRequest, tell: Telling) -> None:
        raw = await self._pool.compute(self._spool.read, job, None)
        try:
            answer, reply = await self._pool.compute(read_again, raw, self._profile)
        except OutcomeLost as error:
            await self._save(job, error, request, tell)
            raise
        clean = without_key(reply, await self._known_key(job), self.info.name)
        self._came(job, answer, clean, request, tell)

    async def _save(self, job: JobId, error: OutcomeLost, request: EditRequest, tell: Telling) -> None:
        """Tell what of it came whole. An answer that just broke off is here, whatever the disk took of it."""
        came = error.came if isinstance(error, CutShort) else await self._pool.compute(self._received, job)
        await self._collecting.saved(came, await self._known_key(job), request.seed, tell)

    def _received(self, job: JobId) -> Answer | None:
        raw = self._spool.read(job, None)
        return None if raw is None else unpacked_so_far(raw)

    async def _key(self, job: JobId | None = None) -> Secret | None:
        """The key. Where there is no keyring at all, a server of one's own is taken for one that wants none: it says so
        itself where it does want one. Raises StorageError."""
        try:
            return await self._keys.key(self._profile.id, job)
        except StorageError as error:
            if self._profile.kind is not ProviderKind.OPENAI or error.problem.code != "keyring-unavailable":
                raise
            return None

    async def _sent_key(self, job: JobId | None = None) -> Secret | None:
        """The key that an order would be sent with now; None where it would go without one, or not at all."""
        try:
            return needed_key(self._profile, await self._key(job))
        except StudioError as error:
            log.info("an order to %s would go without a key: %s", self._profile.id, error)
            return None

    async def _known_key(self, job: JobId) -> Secret | None:
        """The key, as far as it can be had: what is not known cannot be looked for."""
        try:
            return await self._keys.key(self._profile.id, job)
        except StudioError as error:
            log.info("the key of %s cannot be had: %s", self._profile.id, error)
            return None

    def _came(self, job: JobId, answer: Answer, reply: Reply, request: EditRequest, tell: Telling) -> None:
        self.balance = reply.balance or self.balance
        tell(self._collecting.came(job, answer, reply, request.seed, tell))

    async def _ready(self, job: JobId, request: EditRequest, tell: Telling) -> tuple[Secret | None, Ready]:
        """The key and the message. Whatever goes wrong here, nothing was sent."""
        # It loads what works on pictures, a quarter of a second: not for a terminal that only asks.
        from studio.providers.preparing import make_ready

        tell(ProviderProgress(phase="Preparing"))
        try:
            key = needed_key(self._profile, await self._key(job))
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
        from studio.providers.preparing import Given  # as above

        model = await self._catalogue.detailed(request.model)
        return Given(
            profile=self._profile,
            model=model,
            request=request,
            base=await self._blobs.get(request.base) if request.base is not None else None,
            mask=await self._blobs.get(request.mask) if request.mask is not None else None,
            references=tuple([await self._blobs.get(each) for each in request.references]),
        )

    async def _replied(self, job: JobId, ready: Ready, key: Secret | None, tell: Telling) -> tuple[Answer, Reply]:
        """The answer to the order, which is sent again only where that cannot charge twice. One deadline for all."""
        timer = self._http.world.timer
        until = timer.now() + self._profile.deadline_s
        tries = 0
        while True:
            tries += 1
            seconds = max(1.0, until - timer.now())
            try:
                answer = await self._http.exchange(self._call(job, ready, key, seconds, tell))
                return answer, await self._pool.compute(read_reply, answer, self._profile, keyed=key is not None)
            except ProviderError as error:
                unnamed(error, key)
                error.key = key
                if not await self._may_go_again(job, error, tries, until, tell):
                    raise

    async def _may_go_again(self, job: JobId, error: ProviderError, tries: int, until: float, tell: Telling) -> bool:
        """Wait until the order may be sent again; False where it must not be."""
        timer = self._http.world.timer
        wait = resend_after(error, tries, self._http.world.chance())
        if wait is None or timer.now() + wait >= until or not self._budget.take():
            return False
        log.info("an order to %s goes again in %.1f s: %s", self._profile.id, wait, error)
        why = "cannot be reached" if isinstance(error, Unsent) else "takes no orders right now"
        tell(ProviderProgress(phase=f"{self.info.name} {why}; waiting {wait:.0f} s"))
        await timer.pause(wait)
        # A refusal that stayed would be taken for the answer to the order that goes now.
        return self._spool.forget(job, None)

    def _call(self, job: JobId, ready: Ready, key: Secret | None, seconds: float, tell: Telling) -> Call:
        return Call(
            message=ready.message,
            provider=self._profile.shown_name,
            paid=True,
            key=key_for(self._profile, ready.message, key),
            cap=PICTURES_CAP,
            seconds=seconds,
            told=Pace(tell),
            watch=_Order(job, self._spool, key, tell),
        )


class _Order:
    """Matches `calls.Watch`: what is paid for is told before it leaves, and written down as it comes."""

    def __init__(self, job: JobId, spool: Spool, key: Secret | None, tell: Telling) -> None:
        self._job = job
        self._spool = spool
        self._key = key
        self._tell = tell

    async def leaving(self) -> None:
        """Whoever is told has taken it when this returns, so that nobody takes an order back that has left."""
        self._tell(ProviderSending())
        await self._tell.heard()

    def answered(self, answer: Answer) -> Receiving:
        """The request has a name, by which it can be asked after."""
        head = masked_head(answer, self._key)
        named = request_id(head)
        if named is not None:
            self._tell(ProviderSending(request_id=named))
        kept = self._spool.begin(self._job, None, head_of(head))
        if self._key is None:
            return kept
        return Guarded(kept, self._key, lambda: self._spool.forget(self._job, None))
