"""Every state of a job has its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.domain.catalogue import problem
from studio.domain.geometry import Size
from studio.domain.ids import BlobId, JobId, ModelId, ProviderId
from studio.domain.job import Job, JobState, Output, ProviderProgress, ResultAddress
from studio.domain.request import EditRequest
from studio.session.phases import phase

JOB = Job(id=JobId("1"), request=EditRequest(provider=ProviderId("nano"), model=ModelId("m"), count=2), created=0.0)
RUNNING = replace(JOB, state=JobState.RUNNING, started=1.0, attempts=1)
SIZE = Size(width=8, height=8)
RAW = tuple(Output(index=at, raw=BlobId("0" * 64), media_type="image/png", size=SIZE) for at in range(2))
URL = ResultAddress(index=0, url="https://img.example/1.png")


@pytest.mark.parametrize(
    ("job", "words"),
    [
        (JOB, "Waiting in the queue"),
        (replace(JOB, problem=problem("offline", provider="Nano")), "Waiting for the network"),
        (replace(JOB, problem=problem("key-missing", provider="Nano")), "Waiting for a key"),
        (replace(JOB, problem=problem("key-wanted", provider="Nano")), "Waiting for a key"),
        (replace(JOB, problem=problem("keyring-unavailable")), "Waiting for a key"),
        (replace(JOB, problem=problem("keyring-locked")), "Waiting for a key"),
        (replace(JOB, problem=problem("keyring-slow", seconds="5")), "Waiting for a key"),
        (RUNNING, "Preparing"),
        (replace(RUNNING, answered=True, results=(URL,)), "Downloading"),
        (replace(RUNNING, outputs=RAW[:1]), "Preparing"),
        (replace(RUNNING, outputs=RAW), "Pasting"),
        (replace(RUNNING, state=JobState.UNKNOWN), "May have been charged"),
        (replace(RUNNING, state=JobState.EXPIRED), "Expired"),
    ],
)
def test_a_phase_in_words(job: Job, words: str) -> None:
    assert phase(job, None) == words


def test_what_the_provider_tells_is_said_until_all_is_here() -> None:
    told = ProviderProgress(phase="Uploading", fraction=0.4)
    assert phase(RUNNING, told) == "Uploading"
    assert phase(RUNNING, ProviderProgress(phase="Waiting")) == "Working"
    assert phase(replace(RUNNING, outputs=RAW), told) == "Pasting"


def test_a_job_that_nobody_let_go_and_one_behind_a_pause_say_so() -> None:
    assert phase(JOB, None, in_line=False) == "Waiting to be sent"
    assert phase(JOB, None, paused=True) == "Paused"
    assert phase(RUNNING, None, paused=True) == "Preparing"
    assert phase(replace(JOB, problem=problem("offline", provider="Nano")), None, paused=True) == "Paused"
    assert (
        phase(replace(JOB, problem=problem("key-missing", provider="Nano")), None, paused=True) == "Waiting for a key"
    )
