"""How orders end that a provider refuses, loses or answers in another way: state, reason, cost and exit status."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from studio.domain.phrases import MAYBE
from studio.playground.faults import End, count, cut, late, page, refuse, rewritten, swapped, too_many
from studio.playground.faults import Place as Cut
from tests.whole.app.test_handover import told
from tests.whole.terminal.sent import changed_by, mask_of, pictures_of
from tests.whole.terminal.visitor import NO_BUS

if TYPE_CHECKING:
    import subprocess

    from studio.playground.faults import Fault
    from tests.whole.terminal.visitor import Ended, Visitor

ORDER = ("--prompt", "a red fox", "--size", "512x512")
SOON_S = 8
"""Less than the ten seconds for which a provider is asked what it charged."""


def error(code: str, message: str = "No.") -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


def interrupted(program: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What a program prints that is interrupted while it waits for an answer."""
    try:
        told(program, "progress", "Waiting")
        program.send_signal(signal.SIGINT)
        out, _ = program.communicate(timeout=60)
    finally:
        program.kill()
    return [json.loads(line) for line in out.splitlines()]


REFUSALS = [
    (refuse(400, error("missing_image_input")), 3, "no-image-arrived"),
    (refuse(400, error("invalid_multipart_body")), 3, "form-refused"),
    (refuse(401, error("invalid_api_key")), 3, "key-refused"),
    (refuse(402, error("insufficient_balance")), 3, "no-balance"),
    (refuse(403, error("forbidden")), 3, "key-not-allowed"),
    (refuse(404, error("model_not_found")), 3, "model-unknown"),
    (refuse(413, error("image_input_too_large")), 3, "too-large-there"),
    (refuse(415, error("invalid_content_type")), 3, "form-refused"),
    (too_many("600"), 3, "rate-limited"),
    (refuse(500, error("internal"), billed=True), 4, "server-failed"),
    (page(502, "Bad Gateway"), 4, "proxy-failed"),
    (cut(Cut.START), 4, "connection-lost"),
    (cut(Cut.BODY), 4, "connection-lost"),
    (rewritten(lambda value: value | {"data": []}), 4, "answer-empty"),
]


@pytest.mark.parametrize(("fault", "status", "code"), REFUSALS, ids=[code for _, _, code in REFUSALS])
def test_what_is_refused_or_lost_is_sent_once_and_told_with_its_cost(
    regular: Visitor, fault: Fault, status: int, code: str
) -> None:
    regular.add("nanogpt", "nano", route="generations")
    sent, billed = len(regular.orders()), len(regular.playground.ledger)
    regular.playground.faults.clear()
    regular.playground.faults.add(replace(fault, path="/images/generations"))
    ended = regular.order("generate", *ORDER, model="hidream")
    regular.playground.faults.clear()
    assert (ended.status, ended.code) == (status, code), ended.said
    known = "unknown" if ended.last["cost"] is None else "expired"
    assert ended.last["state"] == ("failed" if status == 3 else known)
    assert len(regular.orders()) == sent + 1
    assert (len(regular.playground.ledger) == billed) or status == 4
    assert ended.last["outputs"] == []
    problem = ended.last["problem"]
    assert all(problem[each] for each in ("title", "what", "cost", "next"))
    assert "charged" in problem["cost"]
    listed = regular.run("jobs").said[0]
    assert (listed["job"], listed["state"]) == (ended.last["job"], ended.last["state"])


def test_what_a_lost_order_cost_is_looked_up(visitor: Visitor) -> None:
    visitor.add("nanogpt", route="generations")
    visitor.playground.faults.add(rewritten(lambda value: value | {"data": []}))
    ended = visitor.order("generate", *ORDER, model="hidream")
    assert ended.status == 4
    (charge,) = visitor.playground.ledger.charges
    assert ended.last["problem"]["cost"] == f"It was charged {charge.cost} USD."
    assert (ended.last["state"], float(ended.last["cost"]["amount"])) == ("expired", float(charge.cost))


@pytest.mark.parametrize("asked_for", ["url", "b64_json"])
@pytest.mark.parametrize(("kind", "model"), [("nanogpt", "hidream"), ("naga", "flux-1-schnell:free")])
def test_an_address_for_base64_and_base64_for_an_address_are_both_taken(
    regular: Visitor, kind: str, model: str, asked_for: str
) -> None:
    regular.add(kind, f"{kind}-{asked_for}".replace("_", "-"), route="generations", response_format=asked_for)
    regular.playground.faults.clear()
    regular.playground.faults.add(swapped())
    ended = regular.order("generate", *ORDER, model=model)
    assert (ended.status, len(ended.last["outputs"])) == (0, 1), ended.words
    assert json.loads(regular.orders()[-1].body)["response_format"] == asked_for


class TestPictures:
    """What becomes of an answer that is whole, or is not."""

    @pytest.fixture(autouse=True)
    def there(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", route="generations", response_format="url")

    @pytest.mark.parametrize("status", [403, 404, 410])
    def test_pictures_that_are_gone_were_paid_and_are_told_as_expired(self, visitor: Visitor, status: int) -> None:
        visitor.playground.results.expired = status
        ended = visitor.order("generate", *ORDER, model="hidream")
        assert (ended.status, ended.last["state"], ended.code) == (4, "expired", "results-gone")
        assert len(visitor.playground.ledger) == 1
        assert visitor.run("jobs").last["state"] == "expired"

    @pytest.mark.parametrize(("came", "missing"), [(1, 2), (3, 0), (5, 0)])
    def test_fewer_or_more_than_asked(self, visitor: Visitor, came: int, missing: int) -> None:
        visitor.playground.faults.add(count(came))
        ended = visitor.order("generate", *ORDER, "--count", "3", model="hidream")
        assert (ended.status, ended.last["missing"]) == (0, missing)
        assert len(ended.last["outputs"]) == came

    def test_an_interruption_stops_it_and_tells_that_it_may_have_been_charged(self, visitor: Visitor) -> None:
        visitor.playground.faults.add(late(60))
        provider = ("--provider", "there", "--model", "hidream", "--key-file", visitor.key_file)
        program = visitor.start("generate", *ORDER, *provider)
        last = interrupted(program)[-1]
        assert (program.returncode, last["state"]) == (130, "cancelled"), last
        assert len(visitor.orders()) == 1
        assert (last["problem"]["code"], last["problem"]["cost"]) == ("cancelled-late", "It may have been charged.")

    def test_one_that_was_killed_and_is_cancelled_then_may_have_been_charged(self, visitor: Visitor) -> None:
        visitor.playground.faults.add(late(60))
        provider = ("--provider", "there", "--model", "hidream", "--key-file", visitor.key_file)
        program = visitor.start("generate", *ORDER, *provider)
        try:
            job = told(program, "progress", "Waiting")["job"]
        finally:
            program.kill()
            program.communicate(timeout=60)
        ended = visitor.run("jobs", "cancel", job)
        assert (ended.status, ended.last["state"]) in ((4, "cancelled"), (4, "unknown")), ended.words
        assert ended.last["problem"]["cost"] == "It may have been charged."


def test_an_interruption_lets_none_begin_that_waited(visitor: Visitor) -> None:
    visitor.add("nanogpt", parallel="1", route="generations")
    visitor.playground.faults.add(replace(late(60), path="/images/generations"))
    for _ in range(4):
        assert visitor.order("generate", *ORDER, "--no-wait", model="hidream").status == 0
    program = visitor.start("jobs", "run", "--key-file", visitor.key_file)
    ends = [each["state"] for each in interrupted(program) if each["event"] == "ended"]
    assert (program.returncode, ends) == (130, ["cancelled"] * 4)
    assert len(visitor.orders()) == 1


def test_a_second_interruption_ends_at_once_and_tells_what_had_been_sent(visitor: Visitor) -> None:
    """The first one waits for the provider to tell what it charged, which it does not."""
    visitor.add("nanogpt", parallel="1", route="generations")
    visitor.playground.faults.add(replace(cut(Cut.BODY, End.STALL), path="/images/generations"))
    visitor.playground.faults.add(replace(late(60), path="/usage/", method="GET"))
    sent, waiting = (visitor.order("generate", *ORDER, "--no-wait", model="hidream").last["job"] for _ in range(2))
    program = visitor.start("jobs", "run", "--key-file", visitor.key_file)
    try:
        told(program, "progress", "Downloading")
        program.send_signal(signal.SIGINT)
        told(program, "progress", "Cancelling")
        program.send_signal(signal.SIGINT)
        out, words = program.communicate(timeout=SOON_S)
    finally:
        program.kill()
    ends = {each["job"]: each for each in map(json.loads, out.splitlines()) if each["event"] == "ended"}
    assert (program.returncode, [ends[job]["state"] for job in (sent, waiting)]) == (130, ["cancelled"] * 2)
    assert (ends[sent]["problem"]["code"], ends[sent]["problem"]["cost"]) == ("cancelled-late", MAYBE)
    assert (ends[waiting]["problem"], MAYBE in words) == (None, True)
    assert [row["state"] for row in visitor.run("jobs").said] == ["cancelled", "cancelled"]
    assert len(visitor.orders()) == 1


@pytest.mark.parametrize(
    ("status", "refusal", "code"),
    [(402, "insufficient_balance", "no-balance"), (401, "invalid_api_key", "key-refused")],
)
def test_a_queue_ends_where_the_first_of_it_shows_that_none_can_go(
    visitor: Visitor, status: int, refusal: str, code: str
) -> None:
    visitor.add("nanogpt", route="generations", parallel="1")
    for _ in range(3):
        assert visitor.order("generate", *ORDER, "--no-wait", model="hidream").status == 0
    visitor.playground.faults.add(replace(refuse(status, error(refusal)), path="/images/generations"))
    ran = visitor.run("jobs", "run", "--key-file", visitor.key_file)
    ends = [(each["state"], each["problem"]["code"]) for each in ran.said if each["event"] == "ended"]
    assert (ran.status, ends) == (3, [("failed", code), ("queued", code), ("queued", code)])
    assert [row["state"] for row in visitor.run("jobs").said] == ["queued", "queued", "failed"]
    again = visitor.run("jobs", "run", "--key-file", visitor.key_file)
    assert (again.status, len(visitor.playground.ledger)) == (0, 2)


def test_a_server_of_ones_own_wants_a_key_and_none_was_given(visitor: Visitor) -> None:
    visitor.add("openai", parallel="1")
    order = ("generate", "--provider", "there", "--model", "gpt-image-2", "--prompt", "a red fox")
    ended = visitor.process(*order, changes=NO_BUS)
    assert (ended.status, ended.last["state"], ended.code) == (3, "failed", "key-wanted")
    told = "there wants a key, and none was given. Nothing was charged. Paste one in the provider's settings."
    assert told in ended.words
    assert visitor.process("models", "--provider", "there", "--refresh", changes=NO_BUS).words.startswith(told)
    checked = visitor.process("providers", "check", "there", changes=NO_BUS)
    assert (checked.status, checked.last["good"]) == (0, None)
    assert checked.last["words"] == "there wants a key, and none was given."
    for _ in range(2):
        assert visitor.run(*order, "--no-wait").status == 0
    ran = visitor.process("jobs", "run", changes=NO_BUS)
    ends = [(each["state"], each["problem"]["code"]) for each in ran.said if each["event"] == "ended"]
    assert (ran.status, sorted(ends)) == (3, [("failed", "key-wanted"), ("queued", "key-wanted")])
    assert (len(visitor.orders()), len(visitor.playground.ledger)) == (2, 0)


def test_naga_reads_another_field_name_and_the_setting_helps(visitor: Visitor) -> None:
    visitor.playground.rules.naga_field = "image[]"
    visitor.add("naga", "naga")
    words = ("--image", visitor.photo(), "--image", visitor.reference("red"), "--prompt", "a fox")
    ended = visitor.order("edit", *words, model="gpt-image-1")
    assert (ended.status, ended.code) == (3, "no-image-arrived")
    assert len(visitor.orders()) == 1
    assert visitor.run("providers", "set", "naga", "image_field=image[]").status == 0
    assert visitor.order("edit", *words, model="gpt-image-1").status == 0
    assert [upload.name for upload in visitor.orders()[-1].files] == ["image[]", "image[]"]


def test_a_crop_around_the_mask_travels_and_comes_back_to_its_place(visitor: Visitor) -> None:
    """The way that most edits take: a part is sent, and the whole is as it was outside of the paste mask."""
    visitor.add("openai")
    photo, mask = visitor.photo(1600), visitor.mask(1600)
    ended = visitor.order("edit", "--image", photo, "--mask", mask, "--prompt", "a fox", model="gpt-image-2")
    assert ended.status == 0, ended.words
    check_crop(visitor, ended)


def test_a_later_run_keeps_no_picture_that_no_job_names(visitor: Visitor) -> None:
    """A paste mask of the whole picture's size is made for whoever asked. It is no picture of the library."""
    visitor.add("openai")
    words = ("--image", visitor.photo(1600), "--mask", visitor.mask(1600), "--prompt", "a fox", "--no-wait")
    assert visitor.order("edit", *words, model="gpt-image-2").status == 0
    check_crop(visitor, visitor.run("jobs", "run", "--key-file", visitor.key_file))
    with contextlib.closing(sqlite3.connect(visitor.data / "library.sqlite")) as library:
        told = "".join(str(row) for row in library.execute("SELECT payload, entry FROM events"))
    kept = {path.name for path in (visitor.data / "blobs").rglob("*") if path.is_file()}
    assert {name for name in kept if name not in told} == set()


def check_crop(visitor: Visitor, ended: Ended) -> None:
    (asked,) = visitor.orders()
    (first,), sent_mask = pictures_of(asked), mask_of(asked)
    assert sent_mask is not None
    assert not isinstance(first, str)
    (output,) = ended.last["outputs"]
    with Image.open(visitor.photo(1600)) as photo, Image.open(output["path"]) as finished:
        assert finished.size == photo.size == (output["width"], output["height"])
        assert first.size != photo.size
        assert sent_mask.size == first.size
        before, after = np.asarray(photo.convert("RGB")), np.asarray(finished.convert("RGB"))
    with Image.open(output["paste_mask"]) as read:
        paste = np.asarray(read)
    change = changed_by(sent_mask, "alpha")
    assert change[change.shape[0] // 2, change.shape[1] // 2]
    assert not change[0].any()
    assert (after[paste == 0] == before[paste == 0]).all()
    assert (after[paste == 255] != before[paste == 255]).any()


def test_money_is_told_before_and_after(visitor: Visitor) -> None:
    visitor.add("nanogpt", route="generations")
    ended = visitor.order("generate", *ORDER, "--count", "2", model="hidream")
    assert ended.said[0]["price"] == {"amount": "0.02", "currency": "USD"}
    assert ended.last["cost"] == {"amount": "0.02", "currency": "USD"}
    left = visitor.run("providers", "check", "there", "--key-file", visitor.key_file).last["balance"]
    assert float(left["amount"]) == 24.98
    unknown = visitor.order("generate", "--prompt", "a fox", model="odd-prices")
    assert unknown.said[0]["price"] is None
