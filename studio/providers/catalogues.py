"""The models of one provider: as last fetched, also when it cannot be reached. Nothing is fetched unasked."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from studio.domain.problems import StorageError, StudioError
from studio.domain.profile import ProviderKind
from studio.providers.asking import free_call
from studio.wire import models_nanogpt, models_openai
from studio.wire.discovery import endpoints_message, endpoints_path, models_messages
from studio.wire.refusals import refusal
from studio.wire.typed import typed_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.domain.capabilities import Model
    from studio.domain.ids import ModelId
    from studio.domain.profile import ProviderProfile
    from studio.domain.secret import Secret
    from studio.providers.http import Http
    from studio.providers.ports import CatalogueStore, KeyReader, Pool
    from studio.wire.messages import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a catalogue works with."""

    http: Http
    keys: KeyReader
    store: CatalogueStore
    pool: Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Models, and where more is told of single ones: an address that may lead anywhere."""

    models: tuple[Model, ...] = ()
    paths: Mapping[ModelId, str] = field(default_factory=dict["ModelId", str])


class Catalogue:
    """Lists are read in the pool: they may have some hundred kilobytes."""

    def __init__(self, profile: ProviderProfile, desk: Desk) -> None:
        self._profile = profile
        self._desk = desk
        self._models: tuple[Model, ...] | None = None
        self._paths: Mapping[ModelId, str] = {}
        self._detailed: set[ModelId] = set()
        self._turns: defaultdict[ModelId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._answered = 0
        """The latest question whose answer is the list that is known."""

    async def known(self) -> Sequence[Model]:
        """The last good list, none where there never was one."""
        if self._models is None:
            stored = await self._stored()
            if self._models is None:  # else a list was fetched meanwhile
                self._models, self._paths = stored.models, stored.paths
        return self._models

    async def refresh(self) -> Sequence[Model]:
        """Fetch the list. Where that fails the last good one stays, and where a later question was answered sooner
        (with another key, it may be), the answer to that one. Raises ProviderError."""
        question = self._desk.store.turn()
        bodies = await self._fetched()
        read = await self._desk.pool.compute(read_lists, bodies, self._profile)
        if question < self._answered:
            return await self.known()
        self._answered = question
        self._models, self._paths = read.models, read.paths
        self._detailed.clear()
        try:
            await self._desk.store.save(self._profile.id, packed(bodies), question)
        except StorageError as error:
            log.warning("the models of %s cannot be kept: %s", self._profile.id, error)
        return read.models

    async def model(self, wanted: ModelId) -> Model:
        """The model of this id: as listed, else as one whose id was typed."""
        listed = next((each for each in await self.known() if each.id == wanted), None)
        return listed or typed_model(self._profile, str(wanted))

    async def detailed(self, wanted: ModelId) -> Model:
        """The same, with what the provider tells of this model alone; asked for once. A model is not held up by that
        not being told."""
        model = await self.model(wanted)
        is_listed = model in await self.known()
        if self._profile.kind is not ProviderKind.NANOGPT or not is_listed:
            return model
        async with self._turns[wanted]:  # an order that follows at once wants to know it too
            return await self._told(wanted)

    async def _told(self, wanted: ModelId) -> Model:
        model = await self.model(wanted)
        if wanted in self._detailed:
            return model
        self._detailed.add(wanted)
        try:
            path = self._paths.get(wanted) or endpoints_path(wanted)
            body = await self._asked(endpoints_message(self._profile, path))
            told = await self._desk.pool.compute(models_nanogpt.with_endpoints, model, body)
        except StudioError as error:
            log.info("nothing more is told of %s: %s", wanted, error)
            return model
        self._models = tuple(told if each is model else each for each in await self.known())
        return told

    async def _stored(self) -> Lists:
        try:
            data = await self._desk.store.load(self._profile.id)
            bodies = unpacked(data) if data is not None else None
            return await self._desk.pool.compute(read_lists, bodies, self._profile) if bodies else Lists()
        except StudioError as error:
            log.warning("the last models of %s cannot be read: %s", self._profile.id, error)
            return Lists()

    async def _fetched(self) -> tuple[bytes | None, ...]:
        """The first list must come; what another one adds may be missing."""
        first, *others = models_messages(self._profile)
        bodies: list[bytes | None] = [await self._asked(first)]
        for message in others:
            try:
                bodies.append(await self._asked(message))
            except StudioError as error:
                log.warning("prices of %s are not known: %s", self._profile.id, error)
                bodies.append(None)
        return tuple(bodies)

    async def _asked(self, message: Message) -> bytes:
        key = await self._key()
        answer = await self._desk.http.exchange(free_call(self._profile, message, key))
        if not 200 <= answer.status < 300:
            raise refusal(answer, self._profile, sent=False, keyed=key is not None)
        return answer.body

    async def _key(self) -> Secret | None:
        """None where the keyring does not answer: most lists are shown to anyone."""
        try:
            return await self._desk.keys.key(self._profile.id)
        except StorageError as error:
            log.info("the models of %s are asked for without a key: %s", self._profile.id, error)
            return None


def read_lists(bodies: tuple[bytes | None, ...], profile: ProviderProfile) -> Lists:
    """What a provider's lists tell. Raises ProviderError (catalogue-unreadable)."""
    first = bodies[0] or b""
    if profile.kind is not ProviderKind.NANOGPT:
        return Lists(models=models_openai.read_models(first, profile))
    prices = bodies[1] if len(bodies) > 1 else None
    return Lists(models=models_nanogpt.read_models(first, prices, profile), paths=models_nanogpt.endpoints_paths(first))


def packed(bodies: tuple[bytes | None, ...]) -> bytes:
    """A provider's lists as one file."""
    return json.dumps([None if each is None else each.decode("utf-8", "replace") for each in bodies]).encode()


def unpacked(data: bytes) -> tuple[bytes | None, ...] | None:
    """The lists in a file; None where it is damaged."""
    try:
        texts: object = json.loads(data)
    except ValueError:
        return None
    bodies = cast("list[object]", texts) if isinstance(texts, list) else []
    if not bodies or not isinstance(bodies[0], str):
        return None
    return tuple(each.encode() if isinstance(each, str) else None for each in bodies)
