"""The queue as a whole: its order, its pause, its cancels, its removed cards."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem, trouble
from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Job, JobNews, JobState, LookedAgain, OutcomeUnknown, Queued, Submitting
from studio.domain.request import EditRequest
from studio.domain.signal import Signal
from studio.session.cards import Cards
from studio.session.queueing import Queue
from studio.session.tasks import Tasks
from tests.fakes.cards import MemoryRemovedCards

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.capabilities import Model, ProviderInfo
    from studio.session.face.views import JobCard, Notice, QueueView


class Line:
    """`studio.session.ports.Jobs`: waiting jobs in their order; what was asked of it is in `asked`."""

    def __init__(self) -> None:
        self.news: Signal[JobNews] = Signal()
        self.waiting: list[JobId] = []
        self.held: list[Job] = []
        self.asked: list[tuple[str, str]] = []
        self.orders = 0

    async def enqueue(self, request: EditRequest, price: Price | None) -> Job:
        raise AssertionError("nothing is ordered here")

    async def run(self, *, free_only: bool = False) -> Sequence[Job]:
        self.asked.append(("run", "free only" if free_only else "all"))
        return [] if free_only else self.held

    async def cancel(self, job: JobId) -> None:
        self.asked.append(("cancel", job))

    async def pause(self) -> None:
        self.asked.append(("pause", ""))

    async def go_on(self) -> None:
        self.asked.append(("go on", ""))

    async def order(self) -> Sequence[JobId]:
        self.orders += 1
        await asyncio.sleep(0)
        return tuple(self.waiting)

    async def move(self, job: JobId, offset: int) -> None:
        at = self.waiting.index(job)
        self.waiting.insert(at + offset, self.waiting.pop(at))

    async def look_again(self, job: JobId) -> None:
        self.asked.append(("look again", job))

    async def jobs(self) -> Sequence[Job]:
        return self.held

    async def job(self, job: JobId) -> Job | None:
        return None

    async def models(self) -> Sequence[Model]:
        return ()

    def providers(self) -> Sequence[ProviderInfo]:
        return ()


class Scene:
    def __init__(self) -> None:
        self.line = Line()
        self.cards = Cards(str, str)
        self.notices: list[Notice] = []
        self.tasks = Tasks(lambda trouble: self.notices.append(trouble))  # pyright: ignore[reportArgumentType]  a failure here fails the test below
        self.removed = MemoryRemovedCards()
        self.queue = Queue(self.line, self.cards, self.removed, self.tasks, self.notices.append)
        self.views: list[QueueView] = []
        self.queue.changed.connect(self.views.append)

    def hear(self, job: Job, event: object) -> None:
        news = JobNews(job=job, event=event)  # pyright: ignore[reportArgumentType]  any event will do
        self.cards.hear(news)
        self.queue.hear(news)

    def enqueue(self, number: int, provider: str = "nano") -> Job:
        request = EditRequest(provider=ProviderId(provider), model=ModelId("m"))
        job = Job(id=JobId(f"j{number}"), request=request, created=float(number))
        self.line.waiting.append(job.id)
        self.hear(job, Queued(request=request))
        return job

    def card(self, job: str) -> JobCard:
        return next(card for card in self.cards.view() if card.job == job)

    def places(self) -> dict[str, tuple[int | None, int]]:
        return {card.job: (card.place, card.behind) for card in reversed(self.cards.view())}


if TYPE_CHECKING:
    Play = Callable[[Callable[[Scene], Awaitable[None]]], Scene]


@pytest.fixture
def play() -> Play:
    """Runs a scene until nothing goes on any more."""

    def played(act: Callable[[Scene], Awaitable[None]]) -> Scene:
        async def whole() -> Scene:
            scene = Scene()
            await act(scene)
            await scene.tasks.settle()
            return scene

        return asyncio.run(whole())

    return played


def test_waiting_jobs_know_their_places_in_the_line_of_their_provider(play: Play) -> None:
    async def act(scene: Scene) -> None:
        for number, provider in enumerate(("nano", "naga", "nano", "nano")):
            scene.enqueue(number, provider)

    assert play(act).places() == {"j0": (1, 2), "j1": (1, 0), "j2": (2, 1), "j3": (3, 0)}


def test_who_moves_up_makes_the_others_move_down(play: Play) -> None:
    async def act(scene: Scene) -> None:
        for number in range(3):
            scene.enqueue(number)
        await scene.tasks.settle()
        scene.queue.move(JobId("j2"), -1)

    assert play(act).places() == {"j0": (1, 2), "j2": (2, 1), "j1": (3, 0)}


def test_who_begins_leaves_the_line(play: Play) -> None:
    async def act(scene: Scene) -> None:
        first = scene.enqueue(0)
        scene.enqueue(1)
        await scene.tasks.settle()
        scene.line.waiting.remove(first.id)
        scene.hear(replace(first, state=JobState.RUNNING, attempts=1), Submitting(attempt=1))

    scene = play(act)
    assert scene.places() == {"j0": (None, 0), "j1": (1, 0)}
    assert scene.card("j0").sent
    assert not scene.card("j1").sent


def test_a_burst_of_news_asks_for_the_order_a_few_times_only(play: Play) -> None:
    async def act(scene: Scene) -> None:
        for number in range(200):
            scene.enqueue(number)

    scene = play(act)
    assert scene.line.orders <= 3
    assert scene.card("j199").place == 200


def test_a_job_in_no_line_waits_for_the_user_s_word(play: Play) -> None:
    async def act(scene: Scene) -> None:
        scene.enqueue(0)
        scene.line.waiting.clear()

    card = play(act).card("j0")
    assert (card.phase, card.held, card.place) == ("Waiting to be sent", True, None)


def test_a_new_job_is_never_taken_for_one_that_was_held_back(play: Play) -> None:
    seen: set[tuple[str, bool]] = set()

    async def act(scene: Scene) -> None:
        scene.cards.changed.connect(lambda cards: seen.update((card.phase, card.held) for card in cards))
        for number in range(20):
            scene.enqueue(number)
            if number % 3:
                await asyncio.sleep(0)

    play(act)
    assert seen == {("Waiting in the queue", False)}


def test_a_pause_is_said_on_every_waiting_card_and_ends(play: Play) -> None:
    said: list[str] = []

    async def act(scene: Scene) -> None:
        scene.enqueue(0)
        await scene.tasks.settle()
        for change in (scene.queue.pause, scene.queue.go_on):
            change()
            await scene.tasks.settle()
            said.append(scene.card("j0").phase)

    scene = play(act)
    assert said == ["Paused", "Waiting in the queue"]
    assert [view.paused for view in scene.views] == [True, False]
    assert scene.line.asked == [("pause", ""), ("go on", "")]


def test_cancel_all_begins_with_those_that_wait(play: Play) -> None:
    async def act(scene: Scene) -> None:
        first = scene.enqueue(0)
        scene.enqueue(1)
        scene.hear(replace(first, state=JobState.RUNNING), Submitting(attempt=1))
        scene.queue.cancel_all()

    assert play(act).line.asked == [("cancel", "j1"), ("cancel", "j0")]


def test_the_start_sends_nothing_that_costs_and_says_what_waits(play: Play) -> None:
    async def act(scene: Scene) -> None:
        scene.line.held = [scene.enqueue(0), scene.enqueue(1)]
        await scene.queue.start()

    scene = play(act)
    assert scene.line.asked == [("run", "free only")]
    (notice,) = scene.notices
    assert notice.words().startswith("2 jobs wait from an earlier time; their price is not known.")
    assert notice.action == "generate.send-waiting"


def test_the_start_says_what_the_waiting_jobs_will_cost(play: Play) -> None:
    async def act(scene: Scene) -> None:
        scene.line.held = [replace(scene.enqueue(at), price=Price(amount="0.04", estimate=at > 0)) for at in range(3)]
        await scene.queue.start()

    assert "3 jobs wait from an earlier time; about $0.12." in play(act).notices[0].words()


LOST = OutcomeUnknown(problem=problem("outcome-unknown"))


def _ended(scene: Scene, number: int, state: JobState = JobState.UNKNOWN) -> Job:
    request = EditRequest(provider=ProviderId("nano"), model=ModelId("m"))
    job = Job(id=JobId(f"j{number}"), request=request, created=float(number), state=state)
    scene.line.held.append(job)
    return job


def test_removed_cards_are_gone_after_the_next_start(play: Play) -> None:
    async def act(scene: Scene) -> None:
        for number, state in enumerate((JobState.UNKNOWN, JobState.FAILED, JobState.RUNNING)):
            _ended(scene, number, state)
        await scene.queue.load()
        scene.queue.remove_cards([JobId("j0"), JobId("j2")])

    first = play(act)
    assert [card.job for card in first.cards.view()] == ["j2", "j1"]
    assert first.removed.kept == {"j0": JobState.UNKNOWN}

    async def again(scene: Scene) -> None:
        scene.removed.kept = first.removed.kept
        scene.line.held = first.line.held
        await scene.queue.load()

    second = play(again)
    assert [card.job for card in second.cards.view()] == ["j2", "j1"]
    assert second.cards.job(JobId("j0")) is not None


@pytest.mark.parametrize("end", [JobState.UNKNOWN, JobState.SUCCEEDED])
def test_a_look_of_the_start_brings_a_card_back_where_it_found_something(play: Play, end: JobState) -> None:
    """The job runs as the queue is loaded: the start itself has it looked at again."""

    async def act(scene: Scene) -> None:
        scene.removed.kept = {JobId("j0"): JobState.UNKNOWN}
        job = _ended(scene, 0, JobState.RUNNING)
        await scene.queue.load()
        assert len(scene.cards.view()) == 1
        scene.hear(replace(job, state=end, ended=9.0), LOST)

    scene = play(act)
    assert [card.job for card in scene.cards.view()] == ([] if end is JobState.UNKNOWN else ["j0"])
    assert scene.removed.kept == {"j0": JobState.UNKNOWN}


def test_a_card_that_somebody_had_looked_at_again_is_there_for_good(play: Play) -> None:
    async def act(scene: Scene) -> None:
        job = _ended(scene, 0)
        await scene.queue.load()
        scene.queue.remove_cards([job.id])
        await scene.tasks.settle()
        scene.hear(replace(job, state=JobState.RUNNING), LookedAgain())
        scene.hear(replace(job, ended=9.0), LOST)

    scene = play(act)
    assert [card.job for card in scene.cards.view()] == ["j0"]
    assert scene.removed.kept == {"j0": None}


def test_what_could_not_be_written_down_is_told_and_written_with_the_next(play: Play) -> None:
    async def act(scene: Scene) -> None:
        for number in range(2):
            _ended(scene, number)
        await scene.queue.load()
        scene.removed.refuse = trouble("disk-full", place="/x")
        scene.queue.remove_cards([JobId("j0")])
        await scene.tasks.settle()
        assert [each.code for each in scene.notices] == ["disk-full"]  # pyright: ignore[reportAttributeAccessIssue]  problems come here too
        scene.removed.refuse = None
        scene.queue.remove_cards([JobId("j1")])

    scene = play(act)
    assert scene.cards.view() == ()
    assert scene.removed.kept == {"j0": JobState.UNKNOWN, "j1": JobState.UNKNOWN}


def test_what_is_removed_right_before_the_end_is_written_down(play: Play) -> None:
    async def act(scene: Scene) -> None:
        _ended(scene, 0)
        await scene.queue.load()
        scene.queue.remove_cards([JobId("j0")])
        await scene.queue.write_down()
        await scene.tasks.close()

    assert play(act).removed.kept == {"j0": JobState.UNKNOWN}
