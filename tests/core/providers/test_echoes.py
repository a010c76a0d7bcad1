"""A key that an answer repeats is not kept."""

from __future__ import annotations

import pytest

from studio.domain.catalogue import problem
from studio.domain.problems import OutcomeLost
from studio.domain.secret import Secret
from studio.providers.echoes import Guarded, is_echo, masked_head, unnamed, without_key, without_named_key
from studio.wire.messages import Address, Answer, Picture, Reply

KEY = Secret("sk-a/b+c")
QUOTED = "sk-a%2Fb%2Bc"
PICTURE = Picture(index=0, data=b"bytes")


def at(url: str, index: int = 1) -> Address:
    return Address(index=index, url=url)


@pytest.mark.parametrize("form", ["sk-a/b+c", QUOTED])
def test_words_are_masked_and_addresses_that_name_it_left_out(form: str) -> None:
    good = at("https://there/1.png")
    reply = Reply(
        items=(PICTURE, good, at(f"https://there/{form}.png", 2)),
        request_id=f"id-{form}",
        revised_prompt=f"a fox, {form}, running",
    )
    clean = without_key(reply, KEY, "There")
    assert clean == Reply(items=(PICTURE, good), request_id=None, revised_prompt="a fox, ***, running")


def test_of_an_answer_that_broke_off_no_address_that_names_it_is_left() -> None:
    named = at("https://there/sk-a/b+c.png")
    assert without_named_key((PICTURE, named), KEY) == (PICTURE,)
    assert without_named_key((named,), KEY) == ()
    assert without_named_key((PICTURE, named), None) == (PICTURE, named)


def test_where_no_picture_is_left_it_was_paid_for_all_the_same() -> None:
    with pytest.raises(OutcomeLost) as caught:
        without_key(Reply(items=(at("https://sk-a.there/sk-a/b+c"),)), KEY, "There")
    told = caught.value.problem
    assert (told.code, told.cost) == ("result-address", "It was charged.")
    assert "sk-a/b+c" not in repr(told)


@pytest.mark.parametrize("key", [None, Secret("another")])
def test_nothing_else_is_touched(key: Secret | None) -> None:
    reply = Reply(items=(PICTURE, at("https://there/1")), request_id="r", revised_prompt="a fox")
    assert without_key(reply, key, "There") == reply
    assert without_key(Reply(items=()), key, "There") == Reply(items=())


def test_a_body_that_holds_it_is_not_kept_aside() -> None:
    assert is_echo(b"{'said': 'sk-a/b+c'}", KEY)
    assert is_echo(QUOTED.encode(), KEY)
    assert not is_echo(b"nothing of it", KEY)
    assert not is_echo(b"sk-a/b+c", None)
    for before in ((1 << 20) - 3, (1 << 20) - 8, 1 << 20, (1 << 21) - 1):
        assert is_echo(b"A" * before + b"sk-a/b+c", KEY)
        assert not is_echo(b"A" * before + b"sk-a/b+", KEY)


class Paper:
    """Matches `ports.Receiving`."""

    def __init__(self) -> None:
        self.data = b""
        self.closed = 0

    def add(self, piece: bytes) -> None:
        self.data += piece

    def rest(self) -> None:
        pass

    def close(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("form", ["sk-a/b+c", QUOTED])
@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_an_answer_that_repeats_it_is_written_down_no_further(form: str, step: int) -> None:
    data = b"x" * 50 + form.encode() + b"y" * 50
    paper, dropped = Paper(), []
    guarded = Guarded(paper, KEY, lambda: dropped.append(len(paper.data)))
    for start in range(0, len(data), step):
        guarded.add(data[start : start + step])
    guarded.close()
    assert len(dropped) == 1
    assert not is_echo(paper.data, KEY)
    assert paper.closed == 1


def test_any_other_answer_is_written_down_whole() -> None:
    paper, dropped = Paper(), []
    guarded = Guarded(paper, KEY, lambda: dropped.append(1))
    for piece in (b"sk-a/b", b"", b"+ c", b"sk-a"):
        guarded.add(piece)
    guarded.close()
    assert (paper.data, paper.closed, dropped) == (b"sk-a/b+ csk-a", 1, [])


def test_neither_head_nor_error_names_it() -> None:
    head = Answer(status=200, headers=(("x-request-id", "sk-a/b+c"), ("date", "today")))
    assert masked_head(head, KEY).headers == (("date", "today"),)
    assert masked_head(head, None) is head
    error = OutcomeLost(problem("outcome-unknown"))
    error.request_id = "id-sk-a/b+c"
    unnamed(error, None)
    assert error.request_id is not None
    unnamed(error, KEY)
    assert error.request_id is None
