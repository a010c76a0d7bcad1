"""What a provider refused is sent again once, however often and by whatever button it is asked for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import ProviderInfo
from studio.domain.catalogue import problem, trouble
from studio.domain.geometry import Margins
from studio.domain.job import Failed, Submitting
from studio.domain.request import EditRequest
from studio.domain.settings import Settings
from studio.session.cards import Cards
from studio.session.clicks import Clicks
from studio.session.editor import Editor
from studio.session.form import Form
from studio.session.generate import Generate
from studio.session.orders import Orders
from studio.session.providers import ProviderSetup
from studio.session.providersdesk import ProvidersDesk
from studio.session.remedies import Remedies
from studio.session.tasks import Tasks
from tests.core.session.window import NANO, PAINTER, PROFILE
from tests.fakes.jobs import MemoryJobs
from tests.fakes.journal import MemoryBlobs
from tests.fakes.keys import MemoryKeys
from tests.fakes.offload import AtOnce
from tests.fakes.remotes import FakeRemotes

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from studio.domain.job import Job
    from studio.domain.profile import ProviderProfile
    from studio.session.face.views import Notice

BUTTONS = [("no-image-arrived", "other_field"), ("too-large-there", "shrink")]


class Scene:
    """One order that was refused; the keyring can be held, and time goes on when the test says so."""

    def __init__(self) -> None:
        self.settings, self.now = Settings(providers=(PROFILE,)), 100.0
        self.notices: list[Notice] = []
        self.tasks = Tasks(lambda trouble: pytest.fail(trouble.what))
        self.jobs = MemoryJobs((PAINTER,), (ProviderInfo(id=NANO, name="Nano"),))
        self.keys, self.full, blobs = MemoryKeys(), False, MemoryBlobs()
        cards = Cards(str, str)
        self.jobs.news.connect(cards.hear)
        setup = ProviderSetup(
            keys=self.keys, remotes=FakeRemotes(), profiles=lambda: self.settings.providers, save=self._save
        )
        self.generate = Generate(
            editor=Editor(),
            form=Form(1),
            orders=Orders(AtOnce(), blobs),
            jobs=self.jobs,
            tasks=self.tasks,
            settings=lambda: self.settings,
            margins=Margins,
            accepted=lambda _job, _document: None,
            document_of=str,
            clicks=Clicks(lambda: self.now),
        )
        self.remedies = Remedies(
            cards=cards,
            generate=self.generate,
            settings=lambda: self.settings,
            providers=ProvidersDesk(
                setup,
                self.tasks,
                settings=lambda: self.settings,
                change_settings=self._change,
                offer=self._offer,
                playground=self._playground,
                started=lambda _: None,
            ),
            blobs=blobs,
            notice=self.notices.append,
        )

    async def _save(self, profiles: tuple[ProviderProfile, ...]) -> None:
        if self.full:
            raise trouble("disk-full", place="/full")
        self._change(replace(self.settings, providers=profiles))

    def _change(self, settings: Settings) -> None:
        self.settings = settings

    async def _offer(self) -> None: ...

    async def _playground(self) -> tuple[str, str]:
        raise AssertionError("no playground is started here")

    @property
    def profile(self) -> ProviderProfile:
        (found,) = self.settings.providers
        return found

    async def refused(self, code: str) -> Job:
        job = await self.jobs.enqueue(EditRequest(provider=NANO, model=PAINTER.id), PAINTER.price)
        await self.jobs.tell(job.id, Submitting(attempt=1), Failed(problem=problem(code, provider="Nano")))
        return job

    async def later(self, *buttons: Callable[[], None]) -> None:
        """Each is pressed a second after the one before it."""
        for button in buttons:
            self.now += 1.0
            button()
            for _ in range(20):
                await asyncio.sleep(0)


def play(story: Callable[[Scene], Coroutine[None, None, None]]) -> None:
    asyncio.run(story(Scene()))


@pytest.mark.parametrize(("code", "button"), BUTTONS)
@pytest.mark.parametrize("slow", ["keyring", "journal"])
def test_a_button_that_is_pressed_again_while_the_first_press_is_under_way_pays_once(
    code: str, button: str, slow: str
) -> None:
    async def story(at: Scene) -> None:
        job = await at.refused(code)
        gate = asyncio.Event()
        at.keys.slow, at.jobs.slow = (gate, None) if slow == "keyring" else (None, gate)
        press = getattr(at.remedies, button)
        await at.later(press, press, lambda: at.generate.again(job), press)
        gate.set()
        await at.tasks.settle()
        assert len(at.jobs.orders) == 2
        assert len(at.notices) == 1
        assert at.profile.image_field == ("images[]" if button == "other_field" else PROFILE.image_field)
        assert button != "shrink" or at.profile.max_body_bytes == 10_000

    play(story)


def test_a_plain_press_that_is_under_way_is_the_only_one_too() -> None:
    async def story(at: Scene) -> None:
        job = await at.refused("no-image-arrived")
        at.jobs.slow = asyncio.Event()
        await at.later(lambda: at.generate.again(job), at.remedies.other_field, lambda: at.generate.again(job))
        at.jobs.slow.set()
        await at.tasks.settle()
        assert len(at.jobs.orders) == 2
        assert at.profile == PROFILE

    play(story)


def test_where_the_setting_could_not_be_changed_nothing_is_sent_and_it_can_be_tried_again() -> None:
    async def story(at: Scene) -> None:
        await at.refused("no-image-arrived")
        at.full = True
        await at.later(at.remedies.other_field)
        await at.tasks.settle()
        assert len(at.jobs.orders) == 1
        at.full = False
        await at.later(at.remedies.other_field)
        await at.tasks.settle()
        assert len(at.jobs.orders) == 2
        assert at.profile.image_field == "images[]"

    play(story)
