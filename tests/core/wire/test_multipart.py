"""Forms of any content, read by another program."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.wire.messages import Route, WireImage, WireOrder
from studio.wire.multipart import Part, pieces
from studio.wire.requests import edit_message
from tests.core.wire.orders import BOUNDARY, PNG, profile_of
from tests.core.wire.peers import parts_of

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
_DATA = st.binary(max_size=80).filter(lambda data: BOUNDARY.encode() not in data)


@given(st.lists(st.tuples(_NAMES, _DATA, st.booleans()), min_size=1, max_size=4))
def test_any_names_and_bytes_are_read_as_they_were_written(fields: list[tuple[str, bytes, bool]]) -> None:
    parts = [
        Part(name=name, data=data, filename="a.png", media_type="image/png") if is_file else Part(name=name, data=data)
        for name, data, is_file in fields
    ]
    read = parts_of(b"".join(pieces(parts, BOUNDARY)), BOUNDARY)
    assert [(name.replace("%22", '"'), data) for name, _, _, data in read] == [
        (name.replace("%22", '"'), data) for name, data, _ in fields
    ]
    assert [filename for _, filename, _, _ in read] == ["a.png" if is_file else None for _, _, is_file in fields]


@given(_TEXT, st.binary(max_size=200).filter(lambda data: BOUNDARY.encode() not in data))
def test_any_prompt_and_any_bytes_arrive(prompt: str, tail: bytes) -> None:
    image = WireImage(data=PNG.data + tail, media_type="image/png")
    message = edit_message(
        profile_of("naga"), Route.EDITS, WireOrder(model="m", prompt=prompt, images=(image,)), BOUNDARY
    )
    read = {name: data for name, _, _, data in parts_of(b"".join(message.body), BOUNDARY)}
    assert read.get("prompt", b"").decode() == prompt
    assert read["image"] == image.data


def test_what_ends_a_header_cannot_stand_in_a_name() -> None:
    body = b"".join(pieces([Part(name='a"\r\nX-Evil: 1', data=b"1", filename='b"\n.png', media_type="image/png")], "B"))
    assert b'name="a%22%0D%0AX-Evil: 1"; filename="b%22%0A.png"' in body
    assert len(parts_of(body, "B")) == 1


def test_half_of_a_pair_becomes_a_question_mark() -> None:
    order = WireOrder(model="m", prompt="a\ud83db", images=(PNG,))
    for settings in ({}, {"body": "json"}):
        message = edit_message(profile_of("nanogpt", **settings), Route.EDITS, order, BOUNDARY)
        assert b"a?b" in b"".join(message.body)


def test_a_form_without_parts_is_only_its_end() -> None:
    assert pieces([], "B") == (b"--B--\r\n",)


def test_a_large_picture_is_not_copied() -> None:
    large = WireImage(data=PNG.data + bytes(1 << 17), media_type="image/png")
    message = edit_message(profile_of("openai", "http://localhost"), Route.EDITS, WireOrder(images=(large,)), BOUNDARY)
    assert any(piece is large.data for piece in message.body)
    assert len(message.body) == 3
    assert message.length == int(dict(message.headers)["Content-Length"])
