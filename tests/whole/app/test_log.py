"""The log file on a real disk: for its owner alone, and without a key in it."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.app.logs import LARGEST, NAME, KnownKeys, Log
from studio.domain.ids import JobId, ProviderId
from studio.domain.secret import Secret

if TYPE_CHECKING:
    import pytest

CANARY = "cAnArY7f3e9b21d84c"


@dataclass(slots=True)
class Pocket:
    """Has one key."""

    async def key(self, provider: ProviderId, job: JobId | None = None, *, at: str | None = None) -> Secret | None:
        assert at == "its place"
        return Secret(CANARY) if provider == "there" else None

    def is_lent(self, job: JobId) -> bool:
        return job == "one"


def test_lines_of_anyone_are_written_without_the_keys_in_use(tmp_path: Path) -> None:
    log = Log(tmp_path)
    try:
        keys = KnownKeys(Pocket(), log, "its place")
        assert asyncio.run(keys.key(ProviderId("elsewhere"))) is None
        found = asyncio.run(keys.key(ProviderId("there"), JobId("one")))
        assert found is not None
        assert found.reveal() == CANARY
        assert [keys.is_lent(JobId(job)) for job in ("one", "two")] == [True, False]
        logging.getLogger("another.package").warning("it said %s in %s", CANARY, Path.home() / "pictures")
        logging.getLogger("httpx").info("GET https://cdn.example/?sig=1")
    finally:
        log.close()
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert "another.package: it said *** in ~" in text
    assert CANARY not in text
    assert "cdn.example" not in text


def test_it_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    log = Log(tmp_path)
    try:
        for _ in range(3):
            logging.getLogger("x").warning("a" * (LARGEST // 2))
    finally:
        os.umask(before)
        log.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) > 1
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


def test_nobody_is_bothered_where_it_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(logging.getLogger().handlers)
    log = Log(tmp_path / "missing")
    logging.getLogger("x").warning("a line")
    log.close()
    log.close()
    assert capsys.readouterr() == ("", "")
    assert logging.getLogger().handlers == before
