"""Times in an answer, held against the clock of whoever sent it."""

from __future__ import annotations

import pytest

from studio.wire.messages import Answer
from studio.wire.times import retry_after, server_time

DATE = "Sat, 21 Nov 2026 10:00:00 GMT"
MONTH_S = 31 * 86_400.0


def told(**headers: str) -> Answer:
    return Answer(status=429, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


@pytest.mark.parametrize(("answer", "expected"), [
    (told(), None),
    (told(Retry_After="7"), 7.0),
    (told(retry_after="7.5"), 7.5),
    (told(retry_after="-1"), 0.0),
    (told(retry_after="1000000000"), MONTH_S),
    (told(retry_after="soon"), None),
    (told(retry_after="nan"), None),
    (told(retry_after_ms="1500", retry_after="9"), 1.5),
    (Answer(status=429, headers=(("llm_provider-retry-after", "3"),)), 3.0),
    (told(retry_after="Sat, 21 Nov 2026 10:01:30 GMT", date=DATE), 90.0),
    (told(retry_after="Sat, 21 Nov 2026 11:01:30 +0100", date=DATE), 90.0),
    (told(retry_after="Wed, 21 Oct 2015 07:28:00 GMT", date=DATE), 0.0),
    (told(retry_after="Fri, 31 Dec 9999 23:59:59 GMT", date=DATE), MONTH_S),
    # Without the server's own clock a date says nothing.
    (told(retry_after="Sat, 21 Nov 2026 10:01:30 GMT"), None),
    (told(retry_after="Sat, 21 Nov 2026 10:01:30 GMT", date="today"), None),
])  # fmt: skip
def test_when_it_may_be_asked_again(answer: Answer, expected: float | None) -> None:
    assert retry_after(answer) == expected


@pytest.mark.parametrize(("date", "expected"), [
    (DATE, 1_795_255_200.0), ("Sat, 21 Nov 2026 10:00:00 -0000", 1_795_255_200.0), ("", None), ("yesterday", None),
    ("Sat, 99 Nov 2026 10:00:00 GMT", None), ("Sat, 21 Nov 2026 10:00:00 +9999", None),
])  # fmt: skip
def test_when_it_was_sent(date: str, expected: float | None) -> None:
    assert server_time(told(Date=date)) == expected
