"""Setting providers up: profiles, keys, and what the window's page shows of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Model, Price
from studio.domain.catalogue import trouble
from studio.domain.ids import ModelId, ProviderId
from studio.domain.problems import StorageError, UsageError
from studio.domain.profile import KeyPlace
from studio.domain.settings import Settings
from studio.session.providers import ProviderSetup, key_words
from studio.session.providersdesk import ProvidersDesk
from studio.session.tasks import Tasks
from studio.wire.messages import Account
from tests.fakes.keys import MemoryKeys
from tests.fakes.remotes import FakeRemotes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.domain.problems import Problem
    from studio.domain.profile import ProviderProfile
    from studio.session.face.providers import ProviderRow

NANO = ProviderId("nanogpt")
MODEL = Model(id=ModelId("one"), provider=NANO, name="One")


class Scene:
    """The setup over settings, keys and providers in memory."""

    def __init__(self) -> None:
        self.keys = MemoryKeys()
        self.remotes = FakeRemotes()
        self.remotes.offered[NANO] = [MODEL]
        self.settings = Settings()
        self.setup = ProviderSetup(
            keys=self.keys, remotes=self.remotes, profiles=lambda: self.settings.providers, save=self.save
        )

    async def save(self, profiles: tuple[ProviderProfile, ...]) -> None:
        self.settings = replace(self.settings, providers=profiles)

    @property
    def ids(self) -> list[str]:
        return [str(each.id) for each in self.settings.providers]


def play(scene: Callable[[Scene], Awaitable[None]]) -> None:
    async def on_a_loop() -> None:
        await scene(Scene())

    asyncio.run(on_a_loop())


class TestSetup:
    """What window and terminal both do."""

    def test_ids_are_made_of_the_kind_where_none_is_given(self) -> None:
        async def scene(at: Scene) -> None:
            for _ in range(3):
                await at.setup.add("nanogpt")
            await at.setup.add("naga", provider="mine", settings=[("parallel", "4")])
            assert at.ids == ["nanogpt", "nanogpt-2", "nanogpt-3", "mine"]
            assert at.settings.providers[-1].parallel == 4
            assert at.remotes.used[-1] == at.settings.providers

        play(scene)

    @pytest.mark.parametrize(
        ("kind", "provider", "url", "code"),
        [
            ("nanogpt", "there", "", "bad-parameter"),
            ("nanogpt", "local", "", "bad-parameter"),
            ("nanogpt", "Big Name", "", "bad-parameter"),
            ("stability", "", "", "bad-parameter"),
            ("openai", "own", "", "bad-parameter"),
            ("openai", "own", "http://gpu.example/v1", "insecure-address"),
            ("openai", "own", "https://", "bad-parameter"),
        ],
    )
    def test_what_cannot_be_set_up_leaves_everything_as_it_was(
        self, kind: str, provider: str, url: str, code: str
    ) -> None:
        async def scene(at: Scene) -> None:
            await at.setup.add("naga", provider="there")
            with pytest.raises(UsageError) as caught:
                await at.setup.add(kind, provider=provider, url=url)
            assert caught.value.problem.code == code
            assert (at.ids, len(at.remotes.used)) == (["there"], 1)

        play(scene)

    def test_a_key_stays_with_its_origin(self) -> None:
        async def scene(at: Scene) -> None:
            await at.setup.add("nanogpt")
            await at.setup.give_key(NANO, " Bearer sk-1\n")
            await at.setup.set(NANO, [("url", "https://nano-gpt.com/api/v1"), ("mask", "white")])
            assert await at.setup.where(NANO) is KeyPlace.KEYRING
            await at.setup.set(NANO, [("url", "https://elsewhere.example")])
            assert await at.setup.where(NANO) is KeyPlace.NONE
            assert at.settings.providers[0].mask == "white"

        play(scene)

    def test_a_setting_that_does_not_fit_changes_none_of_them(self) -> None:
        async def scene(at: Scene) -> None:
            await at.setup.add("nanogpt")
            with pytest.raises(UsageError):
                await at.setup.set(NANO, [("mask", "white"), ("route", "sideways")])
            assert at.settings.providers[0].mask == "auto"

        play(scene)

    @pytest.mark.parametrize(("broken", "gone"), [("", True), ("keyring-unavailable", True), ("keyring-slow", False)])
    def test_a_provider_goes_with_its_key_unless_that_could_come_back(self, broken: str, gone: bool) -> None:
        async def scene(at: Scene) -> None:
            await at.setup.add("nanogpt")
            await at.setup.give_key(NANO, "sk-1")
            at.keys.broken = broken
            if gone:
                await at.setup.remove(NANO)
                assert at.ids == []
                return
            with pytest.raises(StorageError, match=broken):
                await at.setup.remove(NANO)
            assert at.ids == [NANO]

        play(scene)

    @pytest.mark.parametrize("key", ["", "sk 1", "sk-1\nsk-2", "sk-ö"])
    def test_what_is_no_key_is_not_kept(self, key: str) -> None:
        async def scene(at: Scene) -> None:
            await at.setup.add("nanogpt")
            with pytest.raises(UsageError, match="bad-key") as caught:
                await at.setup.give_key(NANO, key)
            assert not key or key not in str(caught.value.problem)
            assert await at.setup.where(NANO) is KeyPlace.NONE

        play(scene)

    def test_a_stranger_is_told_who_is_there(self) -> None:
        async def scene(at: Scene) -> None:
            await at.setup.add("naga", provider="mine")
            for failing in (at.setup.set("x", []), at.setup.remove("x"), at.setup.give_key("x", "k"),
                            at.setup.check("x"), at.setup.refresh("x"), at.setup.forget_key("x")):  # fmt: skip
                with pytest.raises(UsageError, match="unknown-provider") as caught:
                    await failing
                assert "mine" in caught.value.problem.next

        play(scene)


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (Account(good=True), "The key is good."),
        (Account(good=False), "The key was refused."),
        (Account(good=None), "Whether the key is good cannot be told free of charge."),
        (Account(good=None, reason="It has no list."), "It has no list."),
        (Account(good=True, reason="It tells no balance."), "The key is good. It tells no balance."),
    ],
)
def test_a_check_is_told_in_a_sentence(account: Account, words: str) -> None:
    assert key_words(account) == words


class Page:
    """The window's page over such a scene: what it told, and what it asked for."""

    def __init__(self, at: Scene) -> None:
        self.at = at
        self.offers = 0
        self.started: list[ProviderId] = []
        self.told: list[tuple[ProviderRow, ...]] = []
        self.refused: list[Problem] = []
        self.tasks = Tasks(self.refused.append)
        self.desk = ProvidersDesk(
            at.setup,
            self.tasks,
            settings=lambda: at.settings,
            change_settings=self._change,
            offer=self._offer,
            playground=self._playground,
            started=self.started.append,
        )
        self.desk.changed.connect(self.told.append)
        self.desk.refused.connect(self.refused.append)

    @property
    def row(self) -> ProviderRow:
        (row,) = self.desk.rows()
        return row

    async def settle(self) -> ProviderRow | None:
        await self.tasks.settle()
        return self.desk.rows()[0] if self.desk.rows() else None

    def _change(self, settings: Settings) -> None:
        self.at.settings = settings

    async def _offer(self) -> None:
        self.offers += 1

    async def _playground(self) -> tuple[str, str]:
        return f"http://127.0.0.1:{4000 + self.offers}", "demo-key"


async def wait_for(happened: Callable[[], bool]) -> None:
    """Let the loop turn until it has."""
    for _ in range(1000):
        if happened():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never happened")


def show(scene: Callable[[Page], Awaitable[None]]) -> None:
    async def on_a_loop() -> None:
        page = Page(Scene())
        await scene(page)
        await page.tasks.close()

    asyncio.run(on_a_loop())


class TestPage:
    """Settings > Providers."""

    def test_a_provider_from_its_making_to_its_end(self) -> None:
        async def scene(page: Page) -> None:
            page.desk.add("nanogpt", name="Work")
            await page.settle()
            assert (page.row.id, page.row.name, page.row.key, page.row.models) == (NANO, "Work", "none", None)
            told = len(page.told)
            page.desk.give_key(NANO, "sk-1")
            await page.settle()
            assert [rows[0].busy for rows in page.told[told:]] == [True, False]
            assert (page.row.key, page.row.models, page.row.busy, page.row.problem) == ("keyring", 1, False, None)
            page.desk.set(NANO, "parallel", "5")
            await page.settle()
            assert dict(page.row.settings)["parallel"] == "5"
            page.desk.forget_key(NANO)
            await page.settle()
            assert page.row.key == "none"
            page.desk.remove(NANO)
            await page.settle()
            assert (page.desk.rows(), page.told[-1], page.refused) == ((), (), [])

        show(scene)

    def test_a_key_that_is_given_while_the_keyring_is_asked_is_told(self) -> None:
        async def scene(page: Page) -> None:
            page.at.keys.slow = asyncio.Event()
            page.desk.add("nanogpt")
            await wait_for(lambda: bool(page.desk.rows()))
            page.desk.give_key(NANO, "sk-1", session_only=True)
            await wait_for(lambda: page.row.key == "session")
            page.at.keys.slow.set()
            await page.settle()
            assert page.row.key == "session"

        show(scene)

    def test_what_is_set_while_a_key_is_forgotten_stays(self) -> None:
        async def scene(page: Page) -> None:
            page.desk.add("nanogpt")
            await page.settle()
            page.at.keys.slow = asyncio.Event()
            page.desk.set(NANO, "url", "https://elsewhere.example")
            await asyncio.sleep(0)
            page.desk.set(NANO, "parallel", "5")
            await wait_for(lambda: dict(page.row.settings)["parallel"] == "5")
            page.at.keys.slow.set()
            await page.settle()
            assert dict(page.row.settings)["parallel"] == "5"
            assert page.row.url.startswith("https://elsewhere.example")

        show(scene)

    @pytest.mark.parametrize("ask", ["check", "refresh"])
    def test_what_was_typed_right_before_a_question_is_in_force_when_it_is_asked(self, ask: str) -> None:
        async def scene(page: Page) -> None:
            page.desk.add("nanogpt")
            await page.settle()
            page.at.remotes.asked.clear()
            page.at.keys.slow = asyncio.Event()
            page.desk.set(NANO, "url", "https://elsewhere.example")
            getattr(page.desk, ask)(NANO)
            for _ in range(20):
                await asyncio.sleep(0)
            assert page.at.remotes.asked == []
            page.at.keys.slow.set()
            await page.settle()
            assert page.at.remotes.asked
            assert page.at.remotes.used[-1][0].url == "https://elsewhere.example"

        show(scene)

    def test_a_check_stays_until_the_next_key(self) -> None:
        async def scene(page: Page) -> None:
            page.desk.add("nanogpt")
            await page.settle()
            page.at.remotes.account = Account(good=True, balance=Price(amount="12.5"))
            page.desk.check(NANO)
            await page.settle()
            assert page.row.check is not None
            assert (page.row.check.good, page.row.check.balance) == (True, Price(amount="12.5"))
            page.desk.give_key(NANO, "sk-2")
            await page.settle()
            assert page.row.check is None

        show(scene)

    def test_what_goes_wrong_stands_in_the_row_until_something_is_done(self) -> None:
        async def scene(page: Page) -> None:
            page.desk.add("nanogpt")
            await page.settle()
            page.at.remotes.failure = trouble("provider-unwell", provider="NanoGPT", status=503)
            page.desk.refresh(NANO)
            await page.settle()
            assert page.row.problem is not None
            assert page.row.problem.code == "provider-unwell"
            page.at.remotes.failure = None
            page.desk.refresh(NANO)
            await page.settle()
            assert (page.row.problem, page.row.models) == (None, 1)
            assert page.refused == []

        show(scene)

    def test_what_has_no_row_is_refused_aloud(self) -> None:
        async def scene(page: Page) -> None:
            page.desk.add("openai")
            page.desk.remove(ProviderId("nobody"))
            await page.settle()
            assert sorted(each.code for each in page.refused) == ["bad-parameter", "unknown-provider"]
            assert page.desk.rows() == ()

        show(scene)

    def test_without_a_keyring_a_file_is_used_once_it_is_allowed(self) -> None:
        async def scene(page: Page) -> None:
            page.at.keys.broken = "keyring-unavailable"
            page.desk.add("nanogpt")
            await page.settle()
            page.desk.give_key(NANO, "sk-1")
            await page.settle()
            assert page.row.problem is not None
            assert (page.row.problem.code, page.row.key) == ("keyring-unavailable", "none")
            page.desk.give_key(NANO, "sk-1", session_only=True)
            await page.settle()
            assert (page.row.key, page.row.problem) == ("session", None)
            page.desk.allow_key_file()
            page.desk.give_key(NANO, "sk-1")
            await page.settle()
            assert (page.row.key, page.at.settings.key_file) == ("file", True)

        show(scene)

    def test_the_playground_is_set_up_once_and_moves_with_its_port(self) -> None:
        async def scene(page: Page) -> None:
            page.desk.start_playground()
            await page.settle()
            first = page.row
            assert (first.id, first.key, first.url) == ("playground", "session", "http://127.0.0.1:4000")
            page.desk.start_playground()
            await page.settle()
            assert (page.row.id, page.row.key) == ("playground", "session")
            assert page.row.url != first.url
            assert page.started == ["playground", "playground"]

        show(scene)

    def test_changes_from_elsewhere_are_shown_when_it_is_told_to_look(self) -> None:
        async def scene(page: Page) -> None:
            await page.at.setup.add("nanogpt")
            await page.at.setup.give_key(NANO, "sk-1")
            assert page.row.key == "unknown"
            page.desk.look()
            await page.settle()
            assert (page.row.key, page.offers) == ("keyring", 1)

        show(scene)
