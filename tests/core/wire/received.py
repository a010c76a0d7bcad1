"""Answers for the tests of what is read: made here, or shaped like those that servers were seen to give."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

from studio.domain.profile import new_profile
from studio.wire.messages import Answer

NANOGPT = new_profile("nano", "nanogpt")
NAGA = new_profile("naga", "naga")
OWN = new_profile("own", "openai", "http://127.0.0.1:8000/v1")
PROFILES = (NANOGPT, NAGA, OWN)

PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010800000000") + b"rest of a picture"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256))
SEEN = Path(__file__).parent / "answers"

STATUSES = (200, 201, 204, 301, 303, 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 524)
WORDS = ("data", "error", "url", "b64_json", "message", "code", "detail", "id", "supported_parameters", "pricing",
         "per_image", "cost", "resolutions", "n", "type", "values", "min", "max", "architecture", "capabilities",
         "endpoints", "input_modalities", "models", "usd_balance", "payment", "loc", "msg", "input_image_constraints",
         "supported_endpoints", "route", "max_bytes", "default", "revised_prompt", "prompt_length")  # fmt: skip

VALUES = ("images.edits", "image", "1024x1024", "https://a.example/x.png", "AAAA", "\ud800", "1e9", "text->image")
HEADERS = ("retry-after", "retry-after-ms", "x-request-id", "location", "date", "x-remaining-balance", "x-cost")

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from((*WORDS, *VALUES))
)
names = st.sampled_from(WORDS) | st.text(max_size=4)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)
"""Any JSON, with the words that servers use in most places."""
bodies = st.binary(max_size=120) | values.map(lambda value: json.dumps(value).encode())
header_texts = st.text(st.characters(max_codepoint=0x24F), max_size=8) | st.sampled_from(
    ("3", "//[", "Wed, 01 Jan 2099")
)


answers = st.builds(
    Answer,
    status=st.sampled_from(STATUSES) | st.integers(100, 599),
    headers=st.dictionaries(st.sampled_from(HEADERS), header_texts, max_size=3).map(lambda each: tuple(each.items())),
    body=bodies,
)
"""Any answer at all."""


def seen(name: str) -> bytes:
    """The bytes of an answer that is kept beside the tests."""
    return (SEEN / name).read_bytes()


def answer(body: object = b"", status: int = 200, **headers: str) -> Answer:
    """An answer of these bytes, or of this value as JSON. Underscores in a header's name stand for hyphens, where it
    has none of its own."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = tuple((name if "-" in name else name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status=status, headers=named, body=data)
