"""Answers cut at every place: what was whole before the cut is read as it was, and nothing else is."""

from __future__ import annotations

import base64
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.domain.problems import OutcomeLost
from studio.wire.cut_short import closing_quote, mended
from studio.wire.messages import Picture
from studio.wire.replies import read_reply
from tests.core.wire.received import NANOGPT, answer, bodies, scalars, values

PICTURES = (b"\x89PNG" + bytes(range(60)), b"\xff\xd8\xff\xe0" + b"\xfb\xff\xbe" * 20, b"RIFF" + bytes(50))
CODED = tuple(base64.b64encode(each).decode() for each in PICTURES)
CLOSED = re.compile(
    "|".join(f'"{re.escape(each)}"' for text in CODED for each in (text, text.replace("/", "\\/"))).encode()
)

spaces = st.sampled_from(((",", ":"), (", ", ": "), (" ,\n", " :\t")))


words = st.dictionaries(st.sampled_from(("revised_prompt", "seed", 'a "quote\\', "x]}")), scalars, max_size=2)
found_pictures = st.lists(st.sampled_from(CODED), min_size=1, max_size=4)
layouts = st.tuples(spaces, st.sampled_from((None, 2)), st.booleans())


@st.composite
def replies(draw: st.DrawFn) -> bytes:
    """Answers with pictures, as servers may lay them out: with words around them, and slashes that are escaped."""
    data = [draw(words) | {"b64_json": each} | draw(words) for each in draw(found_pictures)]
    top = draw(words) | {"created": 12} | {"data": data} | draw(words)
    separators, indent, escaped = draw(layouts)
    text = json.dumps(top, separators=separators, indent=indent)
    return (text.replace("/", "\\/") if escaped else text).encode()


def pictures(body: bytes | None) -> tuple[Picture, ...]:
    """The pictures of an answer; none where it holds none."""
    try:
        found = () if body is None else read_reply(answer(body), NANOGPT).items
    except OutcomeLost:
        return ()
    return tuple(item for item in found if isinstance(item, Picture))


def closed_before(body: bytes, cut: int) -> int:
    """How many pictures' texts have their closing quote before a place."""
    return sum(found.end() <= cut for found in CLOSED.finditer(body))


def is_part(part: object, whole: object) -> bool:
    """Whether all that is in a value stands in another at the same place."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and is_part(each, whole[name]) for name, each in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(is_part, part, whole))
    return part == whole


@given(replies(), st.data())
@settings(max_examples=40)
def test_all_pictures_that_were_whole_and_no_other_byte(body: bytes, data: st.DataObject) -> None:
    whole = pictures(body)
    for cut in data.draw(st.lists(st.integers(0, len(body)), min_size=1, max_size=12)):
        assert pictures(mended(body[:cut])) == whole[: closed_before(body, cut)]


def test_a_cut_at_every_place_of_one() -> None:
    data = [{"b64_json": each, "revised_prompt": 'a "fox" \\'} for each in CODED]
    body = json.dumps({"created": 1, "data": data, "cost": 0.25}).encode()
    whole = pictures(body)
    assert len(whole) == len(PICTURES)
    counts = [len(pictures(mended(body[:cut]))) for cut in range(len(body) + 1)]
    assert counts == [closed_before(body, cut) for cut in range(len(body) + 1)]
    for cut in range(len(body) + 1):
        assert pictures(mended(body[:cut])) == whole[: counts[cut]]


@given(st.dictionaries(st.text(max_size=4), values, max_size=3), spaces, st.data())
@settings(max_examples=40)
def test_what_is_mended_is_json_that_was_there(
    value: dict[str, object], space: tuple[str, str], data: st.DataObject
) -> None:
    body = json.dumps(value, separators=space, ensure_ascii=False).encode("utf-8", "replace")
    found = mended(body[: data.draw(st.integers(0, len(body)))])
    assert found is None or is_part(json.loads(found), json.loads(body))


@given(bodies)
@settings(max_examples=40)
@example(b'{"a":"b"')
def test_whatever_comes_it_is_told_or_left(body: bytes) -> None:
    found = mended(body)
    assert found is None or body.startswith(found.rstrip(b"}]"))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", None),
        (b"\x89PNG{\"a\":\"b\"", None),
        (b'["a", {"b": "c"}', None),
        (b'{"a', None),
        (b'{"a"', None),
        (b'{"a": 12', None),
        (b'{"a": "b\\"', None),
        (b'{"a": "b\\\\"', b'{"a": "b\\\\"}'),
        (b'\xef\xbb\xbf \r\n{"a": "b"', b'\xef\xbb\xbf \r\n{"a": "b"}'),
        (b'{"a": "b", "c', b'{"a": "b"}'),
        (b'{"a": "b", "c": [{"d": "e"', b'{"a": "b", "c": [{"d": "e"}]}'),
        (b'{"a": [1, {"d": 5}, 7', b'{"a": [1, {"d": 5}]}'),
        (b'{"a": "b"} {"c": "d"', b'{"a": "b"}'),
        (b'{"a": "b", "c": [{"d": "e"]', b'{"a": "b", "c": [{"d": "e"}]}'),
        (b'{"a": "b",' + b" " * 70_000 + b'"c": "d"}', b'{"a": "b"}'),
        (b'{"a": "b",' + b"[" * 20_000 + b'"c": "d"', b'{"a": "b"}'),
    ],
)  # fmt: skip
def test_where_it_ends(body: bytes, found: bytes | None) -> None:
    assert mended(body) == found


def test_one_of_many_megabytes() -> None:
    body = b'{"a": "' + bytes(range(65, 90)) * 100_000 + b'", "c": [{"d": "e'
    assert mended(body) == body[: body.index(b', "c"')] + b"}"


def test_the_quote_that_ends_a_string() -> None:
    text = b'x\\" \\\\\\" \\\\" more"'
    assert closing_quote(text, 0) == text.index(b'" more')
    assert closing_quote(b'no end\\"', 0) == -1
