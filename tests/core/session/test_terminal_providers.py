"""The providers from a terminal: keys of files, lists of models, and which model an order is for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from studio.domain.capabilities import Model, Price
from studio.domain.catalogue import trouble
from studio.domain.ids import LOCAL, JobId, ModelId, ProviderId
from studio.domain.job import Job
from studio.domain.problems import StudioError, UsageError
from studio.domain.request import EditRequest
from studio.domain.secret import Secret
from studio.session.face.terminal import ProviderChange, ProviderDo
from studio.session.terminal_providers import TerminalProviders
from studio.session.terminal_world import TerminalWorld
from studio.wire.messages import Account
from tests.fakes.keys import MemoryKeys
from tests.fakes.remotes import FakeRemotes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.profile import ProviderProfile

NANO, OWN = ProviderId("nano"), ProviderId("own")
REMOVE = Model(id=ModelId("remove"), provider=LOCAL, name="Remove")
LISTED = Model(id=ModelId("hidream"), provider=NANO, name="HiDream", price=Price(amount="0.01"))


class Here:
    """Runs what is offloaded at once, and lists what the local engine can do."""

    async def compute(self, function: Callable[..., Any], *arguments: object) -> Any:
        return function(*arguments)

    async def models(self) -> Sequence[Model]:
        return [REMOVE, LISTED]


class Scene:
    """With one NanoGPT and one server of one's own; `files` are the key files that may be read."""

    def __init__(self) -> None:
        self.keys, self.remotes = MemoryKeys(), FakeRemotes()
        self.remotes.offered = {NANO: [LISTED], OWN: [replace(LISTED, provider=OWN)]}
        self.files = {"key": " sk-1\n", "odd": "sk 1"}
        self.profiles: tuple[ProviderProfile, ...] = ()
        here = cast("Any", Here())
        unused = cast("Any", None)
        self.providers = TerminalProviders(
            TerminalWorld(
                offload=here,
                jobs=here,
                blobs=unused,
                masks=unused,
                library=unused,
                files=unused,
                keys=self.keys,
                remotes=self.remotes,
                profiles=lambda: self.profiles,
                save_profiles=self._save,
                read_key=self._read,
                keep_in=unused,
                doctor=unused,
            )
        )

    async def _save(self, profiles: tuple[ProviderProfile, ...]) -> None:
        self.profiles = profiles

    def _read(self, path: str) -> str:
        if path not in self.files:
            raise trouble("key-file-open", name=path)
        return self.files[path]

    async def add(self, name: str, kind: str = "nanogpt", url: str = "") -> None:
        await self.providers.change(ProviderChange(do=ProviderDo.ADD, id=name, kind=kind, url=url))


def play(scene: Callable[[Scene], Awaitable[None]]) -> None:
    async def on_a_loop() -> None:
        at = Scene()
        await at.add("nano")
        await scene(at)

    asyncio.run(on_a_loop())


def test_changes_are_listed_with_every_setting() -> None:
    async def scene(at: Scene) -> None:
        await at.providers.change(
            ProviderChange(do=ProviderDo.SET, id="nano", settings=(("mask", "white"), ("parallel", "3")))
        )
        await at.providers.give_key("nano", "sk-1")
        (listed,) = await at.providers.listings()
        assert (listed.id, listed.kind, listed.url, listed.key) == (
            *("nano", "nanogpt", "https://nano-gpt.com", "keyring"),
        )
        assert dict(listed.settings)["mask"] == "white"
        assert (dict(listed.settings)["parallel"], dict(listed.settings)["max_body_bytes"]) == (3, None)
        await at.providers.change(ProviderChange(do=ProviderDo.REMOVE, id="nano"))
        assert await at.providers.listings() == []

    play(scene)


class TestKeyFiles:
    """A key for one run."""

    def test_it_is_cleaned_and_counts_for_one_provider(self) -> None:
        async def scene(at: Scene) -> None:
            await at.providers.give_key("nano", "sk-kept")
            at.remotes.account = Account(good=True, balance=Price(amount="3"))
            found = await at.providers.check("nano", "key")
            assert (found.good, found.balance) == (True, Price(amount="3"))
            held = await at.keys.key(NANO)
            assert held is not None
            assert held.reveal() == "sk-1"

        play(scene)

    @pytest.mark.parametrize(("path", "code"), [("wide", "key-file-open"), ("odd", "bad-key")])
    def test_what_is_none_is_refused_before_anybody_is_asked(self, path: str, code: str) -> None:
        async def scene(at: Scene) -> None:
            for failing in (at.providers.check("nano", path), at.providers.borrow("nano", path)):
                with pytest.raises(UsageError, match=code):
                    await failing
            assert at.remotes.asked == []

        play(scene)

    def test_whose_it_is_must_be_known(self) -> None:
        async def scene(at: Scene) -> None:
            assert at.providers.only() == "nano"
            await at.add("own", "openai", "https://gpu.example/v1")
            assert at.providers.only() is None
            with pytest.raises(UsageError, match="--provider"):
                await at.providers.borrow(None, "key")
            await at.providers.borrow(None, None)

        play(scene)

    def test_it_is_lent_to_the_jobs_of_one_provider_alone(self) -> None:
        async def scene(at: Scene) -> None:
            mine, other, local = job("01", NANO), job("02", OWN), job("03", LOCAL)
            with pytest.raises(UsageError, match="nano, own"):
                at.providers.lend(Secret("sk-1"), [mine, other, local])
            assert await at.keys.key(NANO, mine.id) is None
            at.providers.lend(Secret("sk-1"), [mine, local])
            lent = await at.keys.key(NANO, mine.id)
            assert lent is not None
            assert lent.reveal() == "sk-1"
            assert await at.keys.key(LOCAL, local.id) is None

        play(scene)


class TestModels:
    """The list, and the model of an order."""

    def test_all_of_them_or_those_of_one_provider(self) -> None:
        async def scene(at: Scene) -> None:
            assert await listed(at, None) == ["local/remove", "nano/hidream"]
            assert await listed(at, "local") == ["local/remove"]
            assert await listed(at, "nano") == ["nano/hidream"]
            at.remotes.asked.clear()
            await at.providers.models("nano")
            assert at.remotes.asked == []
            await at.providers.models("nano", refresh=True)
            assert at.remotes.asked == ["nano"]

        play(scene)

    def test_one_that_does_not_answer_fails_the_list_only_by_name(self) -> None:
        async def scene(at: Scene) -> None:
            at.remotes.failure = trouble("provider-unwell", provider="nano", status=503)
            assert await listed(at, None) == ["local/remove"]
            with pytest.raises(StudioError, match="provider-unwell"):
                await at.providers.models("nano")

        play(scene)

    def test_the_same_id_at_two_providers_is_two_models(self) -> None:
        async def scene(at: Scene) -> None:
            await at.add("own", "openai", "https://gpu.example/v1")
            for provider in ("nano", "own"):
                found = await at.providers.model(provider, "hidream")
                assert (found.provider, found.id) == (provider, "hidream")

        play(scene)

    def test_a_model_may_be_in_no_list_and_the_server_silent(self) -> None:
        async def scene(at: Scene) -> None:
            typed = await at.providers.model("nano", "brand-new")
            assert (typed.id, typed.provider, typed.price) == ("brand-new", "nano", None)
            assert "strength" in {each.name for each in typed.capabilities.parameters}
            at.remotes.failure = trouble("provider-unwell", provider="nano", status=503)
            await at.add("own", "openai", "https://gpu.example/v1")
            assert (await at.providers.model("own", "sdxl")).id == "sdxl"
            with pytest.raises(UsageError, match="unknown-provider"):
                await at.providers.model("nobody", "sdxl")

        play(scene)

    def test_a_stranger_is_told_who_is_there(self) -> None:
        async def scene(at: Scene) -> None:
            at.providers.check_known("local")
            at.providers.check_known("nano")
            with pytest.raises(UsageError, match="unknown-provider") as caught:
                at.providers.check_known("nobody")
            assert "local, nano" in caught.value.problem.next

        play(scene)


async def listed(at: Scene, provider: str | None) -> list[str]:
    return [f"{each.provider}/{each.id}" for each in await at.providers.models(provider)]


def job(name: str, provider: ProviderId) -> Job:
    return Job(id=JobId(name), request=EditRequest(provider=provider, model=ModelId("m")), created=0.0)
