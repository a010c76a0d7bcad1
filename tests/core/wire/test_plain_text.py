"""What others wrote is shown without what must not be shown."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.wire.plain_text import excerpt, plain, whole_text
from tests.core.wire.received import JPEG

SECRETS = [
    "sk-nano-3f9a1c2b-77aa-4bcd-9e01-aabbccddeeff",
    "sk-proj-Ab3dEf6hIj9kLmN0pQrStUvWx",
    "ng_live_9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    "3f9a1c2b-77aa-4bcd-9e01-aabbccddeeff",
    "nano_1gx385nnj7rw67hsksa3pyxwnfr48zu13t35ncjmtnqb9zdebtjhh7ahks34",
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
    base64.b64encode(JPEG).decode(),
]
PLACES = ["{}", "Incorrect key provided: {}.", '{{"apiKey": "{}", "x": 1}}', "Authorization: Bearer {}", "a={}&b=2",
          "https://host.example/{}/x", "https://u:{}@host.example/", "https://host.example/a.png?X-Amz-Signature={}",
          "https://host.example/a.png#{}", "pay\x00to\n{}"]  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
def test_edge_26_no_secret_survives(secret: str) -> None:
    parts = [secret[at : at + 12] for at in range(max(1, len(secret) - 12))]
    shown = [plain(place.format(secret)) for place in PLACES]
    assert [each for each in shown if any(part in each for part in parts)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("token=hunter2 and Password: hunter3", "token=… and Password: …"),
        ("sig=short&x=1", "sig=…&x=1"),
        ("Bearer abc", "Bearer …"),
        ("see https://a.example/b?c=d now", "see https://a.example/b?… now"),
        ("data:image/png;base64,AAAA next", "data:image/png… next"),
        (" two\r\n lines\u202e\u2028 ", "two lines"),
        (
            "the model bytedance/seedream-v5.0-pro-edit-2511 is busy",
            "the model bytedance/seedream-v5.0-pro-edit-2511 is busy",
        ),
        (
            "UnsupportedParamsError in image_generation_user_error",
            "UnsupportedParamsError in image_generation_user_error",
        ),
        ("1024x1024 of 3,686,400 pixels at 1778155200000000", "1024x1024 of 3,686,400 pixels at 1778155200000000"),
        ("请缩短提示词" * 10, "请缩短提示词" * 10),
    ],
)
def test_words_stay_and_secrets_go(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_key_that_the_limit_cuts_in_two_goes_as_a_whole() -> None:
    shown = plain("x " * 8185 + "A1b2C3d4E5f6G7h8" * 10, 100_000)
    assert "A1b2" not in shown
    assert plain("A1b2C3d4" * 10_000) == "…"


def test_an_excerpt_is_short_and_whole() -> None:
    assert excerpt(b"\xff\xfe broken \xf0\x9f") == "�� broken �"
    for limit in (10, 11, 12, 13):
        shown = excerpt("äöü".encode() * 50, limit)
        assert len(shown.encode()) <= limit
        assert shown.endswith("…")
    assert whole_text("a\ud800b") == "a?b"


@pytest.mark.parametrize(
    "piece", ["sk-", "a-", "api-key", "https://", '\\"', "0x", "x" * 50 + " ", "-" * 7, "sig", "data:a/"]
)
def test_no_text_takes_long(piece: str) -> None:
    start = time.perf_counter()
    plain(piece * (20_000 // len(piece)))
    assert time.perf_counter() - start < 1.0


@settings(max_examples=60, deadline=None)
@given(st.text() | st.text("sk-=:/?&@.aA1 \"'", max_size=60), st.integers(10, 60))
def test_any_text_becomes_one_short_line(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert len(shown.encode()) <= limit
    assert shown == plain(shown, limit)
    assert shown.isprintable()
