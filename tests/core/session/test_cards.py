"""What the card of a job says, which is what everything else says of it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Price
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId, ProviderId
from studio.domain.job import Cancelled, Job, JobNews, JobState, LookedAgain, ProviderProgress, ResultAddress
from studio.domain.request import EditRequest
from studio.session.cards import Cards

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.session.face.views import JobCard

QUEUED = Job(id=JobId("1"), request=EditRequest(provider=LOCAL, model=ModelId("remove")), created=0.0)
RUNNING = replace(QUEUED, state=JobState.RUNNING, started=1.0)


def _cards() -> Cards:
    return Cards(str, str)


def _told(cards: Cards, phase: str, fraction: float | None) -> tuple[str, float | None]:
    cards.hear(JobNews(job=RUNNING, progress=ProviderProgress(phase=phase, fraction=fraction)))
    (card,) = cards.view()
    return card.phase, card.fraction


def test_progress_never_goes_back_within_a_phase() -> None:
    cards = _cards()
    said = [_told(cards, "Filling", each) for each in (None, 0.5, 0.4, None, 0.45, 0.7)]
    assert [fraction for _, fraction in said] == [None, 0.5, 0.5, 0.5, 0.5, 0.7]


def test_another_phase_begins_anew() -> None:
    cards = _cards()
    assert _told(cards, "Filling", 0.9) == ("Filling", 0.9)
    assert _told(cards, "Finishing", 0.1) == ("Finishing", 0.1)
    assert _told(cards, "Sending", None) == ("Sending", None)


def test_the_words_for_a_job_are_those_of_its_card() -> None:
    cards = _cards()
    assert cards.phase(QUEUED.id) == ""
    for job, words in (
        (QUEUED, "Waiting in the queue"),
        (RUNNING, "Preparing"),
        (replace(RUNNING, state=JobState.FAILED), "Failed"),
    ):
        cards.hear(JobNews(job=job))
        assert cards.phase(job.id) == cards.view()[0].phase == words
    _told(cards, "Filling", 0.3)
    assert cards.phase(QUEUED.id) == "Filling"


def test_how_far_jobs_are_is_told_once_for_all_of_them_and_an_event_at_once() -> None:
    due: list[Callable[[], None]] = []
    cards = Cards(str, str, later=lambda _seconds, work: due.append(work))
    told: list[tuple[JobCard, ...]] = []
    cards.changed.connect(told.append)
    jobs = [replace(RUNNING, id=JobId(f"j{number}")) for number in range(8)]
    cards.load(jobs)
    told.clear()
    for job in jobs:
        cards.hear(JobNews(job=job, progress=ProviderProgress(phase="Receiving", fraction=0.5)))
    assert (len(told), len(due)) == (0, 1)
    due.pop()()
    assert [card.fraction for card in told.pop()] == [0.5] * 8
    cards.hear(JobNews(job=jobs[0], progress=ProviderProgress(phase="Receiving", fraction=0.6)))
    ended = replace(jobs[0], state=JobState.CANCELLED)
    cards.hear(JobNews(job=ended, event=Cancelled(billed=False)))
    assert [len(each) for each in told] == [8]
    due.pop()()
    assert len(told) == 1, "what was told with the event is not told again"


PAID = replace(QUEUED, request=EditRequest(provider=ProviderId("nano"), model=ModelId("m"), prompt="A boat"))


def _job(number: int, state: JobState = JobState.QUEUED, **facts: object) -> Job:
    made = replace(PAID, id=JobId(f"j{number:05}"), created=float(number), state=state)
    return replace(made, **facts)  # pyright: ignore[reportArgumentType]  fields by name


def _listed(cards: Cards) -> list[tuple[str, JobState]]:
    return [(card.job, card.state) for card in cards.view()]


def test_news_of_one_job_leaves_the_cards_of_the_others_as_they_are() -> None:
    cards = _cards()
    cards.load(_job(number, JobState.RUNNING) for number in range(30))
    before = {card.job: card for card in cards.view()}
    moved = _job(7, JobState.RUNNING)
    cards.hear(JobNews(job=moved, progress=ProviderProgress(phase="Uploading", fraction=0.4)))
    assert [card.job for card in cards.view() if card is not before[card.job]] == [moved.id]


def test_what_lives_or_may_have_been_charged_always_has_a_card() -> None:
    cards = _cards()
    ended = [_job(number, JobState.SUCCEEDED) for number in range(100, 400)]
    cards.load([_job(1), _job(2, JobState.UNKNOWN), _job(3, JobState.FAILED), *ended])
    listed = _listed(cards)
    assert len(listed) == 102
    assert listed[-2:] == [("j00002", JobState.UNKNOWN), ("j00001", JobState.QUEUED)]
    assert cards.active() == "j00001"
    assert cards.job(JobId("j00003")) is not None


def test_of_a_long_history_only_what_is_shown_is_drawn() -> None:
    cards, wanted = _cards(), []
    cards.wanted_thumbnail.connect(wanted.append)
    request = replace(PAID.request, base=BlobId("0" * 64))
    history = [_job(number, JobState.SUCCEEDED, request=request) for number in range(999, -1, -1)]
    for at in range(0, 1000, 100):
        cards.load(history[at : at + 100])
    assert len(wanted) == len(cards.view()) == 100
    assert cards.view()[0].job == "j00999"


def test_a_card_that_was_taken_away_comes_back_with_the_job() -> None:
    cards = _cards()
    lost = _job(1, JobState.UNKNOWN)
    cards.load([lost])
    cards.hide([lost.id])
    assert cards.view() == ()
    cards.hear(JobNews(job=replace(lost, state=JobState.RUNNING), event=LookedAgain()))
    cards.hear(JobNews(job=replace(lost, state=JobState.SUCCEEDED, ended=99.0)))
    assert _listed(cards) == [(lost.id, JobState.SUCCEEDED)]


def test_cards_of_jobs_that_go_on_cannot_be_taken_away() -> None:
    cards = _cards()
    cards.load([_job(1), _job(2, JobState.RUNNING)])
    cards.hide(["j00001", "j00002"])  # pyright: ignore[reportArgumentType]  ids travel as text
    assert len(cards.view()) == 2


def test_a_look_at_an_old_job_counts_its_time_from_the_look() -> None:
    cards = Cards(str, str, clock=lambda: 5000.0)
    lost = _job(1, JobState.UNKNOWN, started=10.0, ended=20.0)
    cards.load([lost])
    cards.hear(JobNews(job=replace(lost, state=JobState.RUNNING, ended=None), event=LookedAgain()))
    (card,) = cards.view()
    assert (card.started, card.expected) == (5000.0, None)


@pytest.mark.parametrize(
    ("job", "looks"),
    [
        (_job(1, JobState.UNKNOWN, billed=None), False),
        (_job(1, JobState.UNKNOWN, billed=None, request_id="r"), True),
        (_job(1, JobState.CANCELLED, billed=False), False),
        (_job(1, JobState.CANCELLED, billed=None), False),
        (_job(1, JobState.CANCELLED, billed=None, request_id="r"), True),
        (_job(1, JobState.SUCCEEDED), False),
        (_job(1, JobState.SUCCEEDED, results=(ResultAddress(index=1, url="https://a.example"),)), True),
        (_job(1, JobState.FAILED, request_id="r"), False),
        (_job(1, JobState.RUNNING, results=(ResultAddress(index=1, url="https://a.example"),)), False),
    ],
)
def test_looking_again_is_offered_where_there_may_be_something(job: Job, looks: bool) -> None:
    cards = _cards()
    cards.load([job])
    assert cards.view()[0].can_look is looks


def test_sending_again_is_priced_by_the_catalogue_of_now() -> None:
    prices = [Price(amount="0.04")]
    cards = Cards(str, str, lambda _: prices[-1])
    cards.load([_job(1, JobState.FAILED, price=Price(amount="0.01")), replace(FAILED_HERE, created=0.0)])
    paid, here = cards.view()
    assert (paid.price, paid.again, here.again) == (Price(amount="0.01"), Price(amount="0.04"), None)
    prices.append(Price(amount="0.05"))
    cards.refresh()
    assert cards.view()[0].again == Price(amount="0.05")


FAILED_HERE = replace(QUEUED, state=JobState.FAILED)


@pytest.mark.parametrize("seed", range(4))
def test_after_every_one_of_a_thousand_steps_the_cards_are_those_of_the_jobs(seed: int) -> None:
    draw, cards = random.Random(seed), _cards()
    jobs: dict[JobId, Job] = {}
    hidden: set[JobId] = set()
    for number in range(1000):
        step = draw.choice(("new", "new", "begin", "end", "end", "hide", "look"))
        live = [job for job in jobs.values() if job.state not in ENDS] if step in ("begin", "end") else []
        ended = [job for job in jobs.values() if job.state in ENDS] if step in ("hide", "look") else []
        match step:
            case "begin" if live:
                _moved(cards, jobs, replace(draw.choice(live), state=JobState.RUNNING))
            case "end" if live:
                _moved(cards, jobs, replace(draw.choice(live), state=draw.choice(ENDS), ended=float(number)))
            case "hide" if ended:
                gone = draw.choice(ended).id
                hidden.add(gone)
                cards.hide([gone])
            case "look" if ended:
                again = draw.choice(ended)
                hidden.discard(again.id)
                _moved(cards, jobs, replace(again, state=JobState.RUNNING))
            case _:
                _moved(cards, jobs, _job(number))
        assert {card.job: card.state for card in cards.view()} == _right(jobs, hidden)


ENDS = (JobState.SUCCEEDED, JobState.FAILED, JobState.UNKNOWN, JobState.EXPIRED, JobState.CANCELLED)


def _moved(cards: Cards, jobs: dict[JobId, Job], job: Job) -> None:
    jobs[job.id] = job
    cards.hear(JobNews(job=job))


def _right(jobs: dict[JobId, Job], hidden: set[JobId]) -> dict[JobId, JobState]:
    """Found the slow way, the oldest first: what lives, what may have been charged, and of the rest the newest hundred.
    One that fell off comes back only with its job."""
    shown = {key: job.state for key, job in jobs.items() if key not in hidden}
    fallen = [key for key, state in shown.items() if state in ENDS and state is not JobState.UNKNOWN][:-100]
    hidden.update(fallen)
    return {key: state for key, state in shown.items() if key not in hidden}
