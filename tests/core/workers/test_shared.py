"""Handing pixels over by files in memory, and the messages beside them. Both ends are in this process here."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import UsageError
from studio.workers import channel
from studio.workers.channel import BadMessage, Fields
from studio.workers.shared import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.workers.channel import Json


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    exchange = Exchange.create()
    yield exchange
    exchange.close()
    assert not exchange.path.exists()


def test_bytes_are_taken_once_and_stay_after_the_folder_is_gone(exchange: Exchange) -> None:
    name = exchange.put(b"pixels")
    taken = Exchange(exchange.path).take(name, 6)
    assert list(exchange.path.iterdir()) == []
    exchange.close()
    assert bytes(taken) == b"pixels"
    assert taken.readonly


def test_a_picture_keeps_its_stride_and_format(exchange: Exchange) -> None:
    size = Size(width=3, height=2)
    sent = Pixels(size=size, stride=16, format=PixelFormat.BGRX, data=memoryview(bytes(range(40))))
    got = exchange.take_pixels(Fields(exchange.put_pixels(sent)))
    assert (got.size, got.stride, got.format) == (size, 16, PixelFormat.BGRX)
    assert bytes(got.data) == bytes(range(32))


def test_an_empty_hand_over(exchange: Exchange) -> None:
    assert bytes(exchange.take(exchange.put(b""), 0)) == b""


@pytest.mark.parametrize("name", ["", "../outside", "/etc/hostname", "missing", ".", "a/b"])
def test_names_outside_of_the_folder_are_refused(exchange: Exchange, name: str) -> None:
    with pytest.raises(BadMessage):
        exchange.take(name, 1)


def test_a_link_and_a_wrong_length_are_refused(exchange: Exchange) -> None:
    (exchange.path / "link").symlink_to("/etc/hostname")
    with pytest.raises(BadMessage):
        exchange.take("link", 1)
    with pytest.raises(BadMessage, match="7 bytes"):
        exchange.take(exchange.put(b"pixels"), 7)


@pytest.mark.parametrize(
    "changed", [{"width": -1}, {"stride": 1}, {"format": "cmyk"}, {"height": "2"}, {"width": True}, {"name": None}]
)
def test_a_picture_that_does_not_add_up_is_refused(exchange: Exchange, changed: dict[str, Json]) -> None:
    data = memoryview(bytes(24))
    sent = Pixels(size=Size(width=3, height=2), stride=12, format=PixelFormat.BGRA, data=data)
    with pytest.raises(BadMessage):
        exchange.take_pixels(Fields(exchange.put_pixels(sent) | changed))


def test_folders_of_dead_processes_are_swept_and_others_stay(exchange: Exchange) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead = exchange.path.parent / f"overpaint-{ended.pid}-left"
    dead.mkdir()
    (dead / "1-1").write_bytes(b"pixels")
    other = Exchange.create()
    other.close()
    assert not dead.exists()
    assert exchange.path.exists()
    assert oct(exchange.path.stat().st_mode & 0o777) == "0o700"
    assert f"overpaint-{os.getpid()}-" in exchange.path.name


def test_messages_are_lines() -> None:
    stream = io.BytesIO()
    channel.write(stream, {"text": "a\nb “ü”", "whole": 3, "number": 0.5, "none": None, "flag": True, "rows": [1]})
    channel.write(stream, {"inner": {"a": 1, "b": "c"}})
    stream.seek(0)
    first, second, third = channel.read(stream), channel.read(stream), channel.read(stream)
    assert first
    assert (first.text("text"), first.whole("whole"), first.number("number")) == ("a\nb “ü”", 3, 0.5)
    assert (first.number("none"), first.inner("none"), first.flag("flag"), first.rows("rows")) == (
        None,
        None,
        True,
        [1],
    )
    assert second
    inner = second.inner("inner")
    assert inner
    assert inner.plain() == [("a", 1), ("b", "c")]
    assert third is None


@pytest.mark.parametrize("line", [b"not json\n", b"[1, 2]\n", b"\xff\xfe\n", b'"text"\n'])
def test_nonsense_is_refused(line: bytes) -> None:
    with pytest.raises(BadMessage):
        channel.read(io.BytesIO(line))


def test_half_a_line_is_the_end() -> None:
    assert channel.read(io.BytesIO(b'{"kind": "re')) is None


def test_trouble_travels_whole() -> None:
    sent = trouble("mask-size", mask="3 x 2", picture="4 x 2", detail="“quoted”")
    heard = channel.trouble_heard(Fields(channel.trouble_told(sent)))
    assert isinstance(heard, UsageError)
    assert heard.problem == sent.problem
    with pytest.raises(BadMessage):
        channel.trouble_heard(Fields({"code": "made-up"}))
