"""An answer with three pictures, cut within the second and the third: those before are in the gallery, byte for byte,
what it cost stays open, and nothing is sent again. The same whether the connection broke or the program was killed."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import shutil
import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import pytest

from studio.domain.job import JobState
from studio.playground.faults import End, Fault, Place, cut, refuse
from studio.storage.spool import DiskSpool
from tests.whole.providers.driven import driven
from tests.whole.providers.house import orders
from tests.whole.providers.rig import DEADLINE_S, EDIT, Desk, rig

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.job import Job
    from studio.playground.exchange import Given
    from studio.playground.world import World
    from tests.whole.providers.rig import Rig

COUNT = 3
SILENT = replace(refuse(404), method="GET", path="/usage/requests/", times=None)
"""What the request was charged is not told."""
WITHIN = {"the first": (0.2, 0), "the second": (0.5, 1), "the third": (0.9, 2)}
"""The share of the answer that comes, and how many pictures of it are whole."""
BROKE, LATE, KILLED = (
    "The connection to NanoGPT broke after the order was sent.",
    f"NanoGPT did not answer within {DEADLINE_S} seconds.",
    "Overpaint ended after this job was sent and before the whole answer came.",
)


@dataclass(slots=True, kw_only=True)
class Sender:
    """The server's side of one answer. `pictures` are the SHA-256 of those in it, `came` how many of them were whole
    in what it sent."""

    share: float = 1.0
    end: End = End.RESET
    packed: bool = False
    length: int = 0
    pictures: list[str] = field(default_factory=list[str])
    came: int = 0

    def cutting(self) -> Fault:
        """An answer that ends early; `length` is that of a whole one."""
        return replace(cut(Place.BODY, self.end, int(self.length * self.share)), change=self.sent)

    def sent(self, given: Given, _: World) -> Given:
        """The answer as it goes out."""
        data = cast("dict[str, list[dict[str, str]]]", json.loads(given.body))["data"]
        self.pictures = [hashlib.sha256(base64.b64decode(item["b64_json"])).hexdigest() for item in data]
        body = gzip.compress(given.body, mtime=0) if self.packed else given.body
        self.length = self.length or len(body)
        came = body[: int(self.length * self.share)]
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(came) if self.packed else came
        self.came = sum(f'"{item["b64_json"]}"'.encode() in plain for item in data)
        packing = (("content-encoding", "gzip"),) if self.packed else ()
        return replace(given, body=body, headers=(*given.headers, *packing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an order: the job, the raw pictures of the gallery in their order, and what the server saw."""

    job: Job
    gallery: Sequence[str]
    sent: int
    charged: int
    stored: int


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "packed"])
def whole(request: pytest.FixtureRequest) -> Sender:
    """An answer that nothing cuts. It comes as long each time."""
    sender = Sender(packed=request.param)

    async def run() -> Job:
        async with rig("nanogpt", EDIT) as it:
            it.playground.faults.add(Fault(change=sender.sent))
            return await it.run(count=COUNT)

    job = driven(run())
    assert (job.state, len(set(sender.pictures)), sender.came) == (JobState.SUCCEEDED, COUNT, COUNT)
    return sender


def live(sender: Sender, *others: Fault) -> Outcome:
    """An order whose answer is cut while the program goes on."""

    async def run() -> Outcome:
        async with rig("nanogpt", EDIT) as it:
            it.playground.faults.add(sender.cutting(), *others)
            job = await it.run(count=COUNT)
            return _outcome(job, it.desk, it)

    return driven(run())


def killed(sender: Sender, *others: Fault) -> Outcome:
    """An order whose program ends while the answer comes, and what the next one makes of what is on the disk."""

    async def run() -> Outcome:
        async with rig("nanogpt", EDIT) as it:
            it.playground.faults.add(sender.cutting(), *others)
            job = await it.order(count=COUNT)
            # On this clock a second is over when nothing happens any more.
            await asyncio.sleep(1)
            left = it.found.folder / "left"
            shutil.copytree(it.found.folder / "incoming", left)
            it.found.spool = DiskSpool(left, it.found.folder / "unread")
            desk = Desk()
            desk.journal.events = {key: list(life) for key, life in it.desk.journal.events.items()}
            assert desk.journal.kinds(job)[-1] == "Submitting"
            await desk.runner.set_providers([it.found.provider()])
            await desk.runner.resume()
            ended = await desk.end(job)
            await desk.runner.close()
            return _outcome(ended, desk, it)

    return driven(run())


def stopped(sender: Sender, *others: Fault, cancel: bool = False) -> Outcome:
    """An order that is stopped while the answer comes: by the user, or with the program."""

    async def run() -> Outcome:
        async with rig("nanogpt", EDIT) as it:
            it.playground.faults.add(sender.cutting(), *others)
            job = await it.order(count=COUNT)
            await asyncio.sleep(1)
            await (it.desk.runner.cancel(job) if cancel else it.desk.runner.close())
            return _outcome(await it.desk.end(job), it.desk, it)

    return driven(run())


def _outcome(job: Job, desk: Desk, it: Rig) -> Outcome:
    rows = sorted(desk.journal.rows.values(), key=lambda row: row.index)
    assert [row.index for row in rows] == [output.index for output in job.outputs]
    for row in rows:
        assert hashlib.sha256(desk.blobs.kept[row.raw]).hexdigest() == row.raw
    return Outcome(
        job=job,
        gallery=[row.raw for row in rows],
        sent=len(orders(it.playground)),
        charged=len(it.playground.ledger),
        stored=desk.journal.kinds(job.id).count("OutputStored"),
    )


def check(found: Outcome, sender: Sender, came: int, reason: str) -> None:
    """Whole pictures are kept, once; what it cost is open; and that is said."""
    assert sender.came == came
    assert found.gallery == sender.pictures[:came]
    assert (found.sent, found.charged, found.stored) == (1, 1, came)
    assert (found.job.state, found.job.billed, found.job.cost) == (JobState.UNKNOWN, None, None)
    assert found.job.request_id is not None
    kept = f" {came} of 3 pictures came whole and can be found in the gallery." if came else ""
    assert found.job.problem is not None
    assert found.job.problem.sentence() == (
        f"{reason}{kept} It may have been charged. Look at the provider's account before you run it again."
    )


@pytest.mark.parametrize("within", WITHIN)
@pytest.mark.parametrize(
    ("end", "reason"), [(End.RESET, BROKE), (End.CLOSE, BROKE), (End.STALL, LATE)], ids=["reset", "closed", "stalled"]
)
def test_a_connection_that_breaks(whole: Sender, within: str, end: End, reason: str) -> None:
    share, came = WITHIN[within]
    sender = Sender(share=share, end=end, packed=whole.packed, length=whole.length)
    check(live(sender, SILENT), sender, came, reason)


@pytest.mark.parametrize("within", WITHIN)
def test_a_program_that_is_killed(whole: Sender, within: str) -> None:
    share, came = WITHIN[within]
    sender = Sender(share=share, end=End.STALL, packed=whole.packed, length=whole.length)
    check(killed(sender, SILENT), sender, came, KILLED)


@pytest.mark.parametrize("within", WITHIN)
def test_a_program_that_ends(whole: Sender, within: str) -> None:
    share, came = WITHIN[within]
    sender = Sender(share=share, end=End.STALL, packed=whole.packed, length=whole.length)
    check(stopped(sender, SILENT), sender, came, KILLED)


@pytest.mark.parametrize("within", WITHIN)
def test_a_cancel(whole: Sender, within: str) -> None:
    share, came = WITHIN[within]
    sender = Sender(share=share, end=End.STALL, packed=whole.packed, length=whole.length)
    found = stopped(sender, SILENT, cancel=True)
    assert (found.gallery, found.sent, found.charged) == (sender.pictures[:came], 1, 1)
    assert (found.job.state, found.job.billed) == (JobState.CANCELLED, None)


@pytest.mark.parametrize("life", [live, killed])
def test_its_bill_settles_it_and_the_pictures_stay(whole: Sender, life: Callable[..., Outcome]) -> None:
    sender = Sender(share=0.9, end=End.STALL, packed=whole.packed, length=whole.length)
    found = life(sender)
    assert (found.gallery, found.sent, found.charged) == (sender.pictures[:2], 1, 1)
    assert (found.job.state, found.job.billed) == (JobState.EXPIRED, True)
    assert found.job.problem is not None
    assert "2 of 3 pictures came whole" in found.job.problem.what
    assert found.job.problem.cost == "It was charged 0.15 USD."


@pytest.mark.parametrize("life", [live, stopped, killed])
def test_where_all_pictures_came_before_the_cut_its_bill_alone_is_open(
    whole: Sender, life: Callable[..., Outcome]
) -> None:
    sender = Sender(share=1 - 3 / whole.length, end=End.STALL, packed=whole.packed, length=whole.length)
    check(life(sender, SILENT), sender, COUNT, LATE if life is live else KILLED)
    found = live(sender)
    assert (sender.came, found.gallery) == (COUNT, sender.pictures)
    assert (found.job.state, found.job.missing, found.sent, found.charged) == (JobState.SUCCEEDED, 0, 1, 1)
    assert (found.job.billed, found.job.cost is not None, found.job.problem) == (True, True, None)
