"""Each row and form of the providers' documents, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from studio.domain.secret import Secret
from studio.wire.auth import key_header
from tests.core.wire.orders import KEY, ORDERS, questions

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Message

GOLDEN = Path(__file__).parent / "golden"


def on_the_wire(message: Message, profile: ProviderProfile) -> bytes:
    """A message as HTTP/1.1 writes it, the key where the carrier puts it."""
    parts = urlsplit(message.url)
    host = ("Host", parts.netloc)
    lines = [f"{message.method} {message.url.removeprefix(f'{parts.scheme}://{parts.netloc}')} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (host, key_header(profile, Secret(KEY)), *message.headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii") + b"".join(message.body)


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_is_sent_as_its_document_has_it(name: str) -> None:
    sent = ORDERS[name]
    assert on_the_wire(sent.message(), sent.profile) == (GOLDEN / f"{name}.http").read_bytes()


@pytest.mark.parametrize("name", questions())
def test_a_free_question_is_asked_as_its_document_has_it(name: str) -> None:
    profile, message = questions()[name]
    assert message is not None
    assert on_the_wire(message, profile) == (GOLDEN / f"{name}.http").read_bytes()


def test_every_golden_file_is_used() -> None:
    assert {path.stem for path in GOLDEN.glob("*.http")} == ORDERS.keys() | questions().keys()
