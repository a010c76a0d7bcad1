"""No line that is written holds a key, a signature, a password or the user's folder."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pytest

from studio.domain.secret import Secret
from studio.providers.redaction import MASK, TALKATIVE, Redaction, protect

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "cAnArY7f3e9b21d84c"
HOME = "/home/ada"

LINES = (
    f"Authorization: Bearer {CANARY}",
    f"authorization: bearer {CANARY}",
    f"Authorization: {CANARY}",
    f"Proxy-Authorization: Basic {CANARY}==",
    f"x-api-key: {CANARY}",
    f"X-API-KEY={CANARY}",
    f"api-key: {CANARY}",
    f"x-goog-api-key: {CANARY}",
    f"Cookie: {CANARY}",
    f"Set-Cookie: {CANARY}; Path=/",
    f"{{'authorization': 'Bearer {CANARY}'}}",
    f'{{"Authorization": "Bearer {CANARY}"}}',
    f"Headers([('authorization', 'Bearer {CANARY}')])",
    f"[(b'Authorization', b'Bearer {CANARY}'), (b'Host', b'x')]",
    f"(b'x-api-key', b'{CANARY}')",
    f"sent Bearer {CANARY} to the provider",
    f'GET https://api.example/v1/models?key={CANARY} "HTTP/1.1 200 OK"',
    f"GET https://api.example/v1?a=1&api_key={CANARY}&b=2",
    f"GET https://api.example/v1?apikey={CANARY}",
    f"GET https://api.example/v1?access_token={CANARY}",
    f"GET https://api.example/v1?token={CANARY}#x",
    f"https://bucket.example/a.png?X-Amz-Signature={CANARY}",
    f"https://bucket.example/a.png?X-Amz-Credential={CANARY}%2F20261121&X-Amz-Date=1",
    f"https://bucket.example/a.png?X-Amz-Security-Token={CANARY}",
    f"https://bucket.example/a.png?X-Goog-Signature={CANARY}",
    f"https://blob.example/a.png?sv=2024&sig={CANARY}",
    f"https://blob.example/a.png?Expires=1&Signature={CANARY}&Key-Pair-Id=K",
    f"https://cdn.example/a.png?Policy={CANARY}",
    f"https://ada:{CANARY}@proxy.example:3128/",
    f"socks5://{CANARY}@proxy.example:1080",
    f"http://{CANARY}:x@127.0.0.1/",
    f'{{"api_key": "{CANARY}"}}',
    f'{{\\"token\\": \\"{CANARY}\\"}}',
    f"password={CANARY}",
    f"secret: {CANARY}",
    "key sk-proj-aB3dE5fG7hI9jK1lM3nO5",
    "key sk_live_aB3dE5fG7hI9jK1lM3nO5",
    "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    f"the server said: your key {CANARY} is not good",
    f"the server said: your key {CANARY[:6]}%2F is not good, nor is {CANARY}",
)
FORBIDDEN = (CANARY, "aB3dE5fG7hI9jK1lM3nO5", "IOSFODNN7EXAMPLE", "dozjgNryP4J3jVmNHl0w5N")


@pytest.fixture
def redaction() -> Redaction:
    found = Redaction(HOME)
    found.learn([Secret(CANARY)])
    return found


@pytest.fixture
def log(redaction: Redaction) -> Iterator[io.StringIO]:
    """A handler on the root, as the program's own."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in TALKATIVE}
    before = root.level
    protect(handler, redaction)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("line", LINES)
def test_edge_26_no_key_gets_into_a_log(line: str, log: io.StringIO) -> None:
    logging.getLogger("some.other.package").warning("before %s after", line)
    assert not any(text in log.getvalue() for text in FORBIDDEN)
    assert MASK in log.getvalue()
    assert log.getvalue().startswith("before ")
    assert log.getvalue().rstrip().endswith("after")


@pytest.mark.parametrize("line", [each for each in LINES if "said" not in each])
def test_a_key_that_is_not_known_is_masked_by_its_place(line: str) -> None:
    assert not any(text in Redaction().masked(line) for text in FORBIDDEN)


def test_there_are_enough_of_them() -> None:
    assert len(set(LINES)) >= 40


def test_arguments_and_tracebacks_are_masked_too(log: io.StringIO) -> None:
    try:
        raise RuntimeError(f"refused: Authorization: Bearer {CANARY} in {HOME}/pictures")
    except RuntimeError:
        logging.getLogger("x").exception("with %s", {"x-api-key": CANARY}, stack_info=True)
    assert CANARY not in log.getvalue()
    assert HOME not in log.getvalue()
    assert "RuntimeError" in log.getvalue()
    assert "~/pictures" in log.getvalue()


def test_a_line_that_cannot_be_put_together_is_no_leak(log: io.StringIO) -> None:
    logging.getLogger("x").warning("two %s %s", CANARY)
    assert CANARY not in log.getvalue()


def test_those_who_write_addresses_are_quiet(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://cdn.example/secret")
    logging.getLogger("httpcore.connection").debug("connect")
    assert log.getvalue() == ""


def test_ordinary_lines_stay_as_they_are(log: io.StringIO) -> None:
    lines = (
        "a request to NanoGPT failed: ReadTimeout: keyboard, tokens: 3 of 5",
        "https://nano-gpt.com/api/v1/images/edits answered 400",
        "the models of naga cannot be kept: disk-full",
        "size=1024x1024&quality=high",
    )
    for line in lines:
        logging.getLogger("x").info(line)
    assert log.getvalue().splitlines() == list(lines)
