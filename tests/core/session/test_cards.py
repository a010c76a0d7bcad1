"""What the card of a job says, which is what everything else says of it."""

from __future__ import annotations

from dataclasses import replace

from studio.domain.ids import LOCAL, JobId, ModelId
from studio.domain.job import Job, JobNews, JobState, ProviderProgress
from studio.domain.request import EditRequest
from studio.session.cards import Cards

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
