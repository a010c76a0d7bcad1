"""What comes back for an order: pictures, addresses, money, or an end that may have cost."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from studio.domain.capabilities import Price
from studio.domain.problems import OutcomeLost, ProviderError
from studio.wire import lifting
from studio.wire.lifting import LONG, read_json
from studio.wire.messages import Address, Answer, Picture, Reply
from studio.wire.replies import read_reply
from tests.core.wire.received import JPEG, NANOGPT, OWN, PNG, PROFILES, answer, answers, seen

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile

B64 = base64.b64encode(PNG).decode()
PHOTO = base64.b64encode(JPEG).decode()
URL = "https://files.example/a.png?sig=1"


def items(*data: object, **top: object) -> tuple[Picture | Address, ...]:
    return read_reply(answer({"data": list(data), **top}), NANOGPT).items


def lost(body: object, status: int = 200, **headers: str) -> OutcomeLost:
    with pytest.raises(OutcomeLost) as caught:
        read_reply(answer(body, status, **headers), NANOGPT)
    return caught.value


def outcome(found: Answer, profile: ProviderProfile) -> Reply | ProviderError:
    try:
        return read_reply(found, profile)
    except ProviderError as error:
        return error


@pytest.mark.parametrize(
    "item",
    [
        {"b64_json": B64},
        {"b64_json": B64, "url": None},
        {"b64_json": B64, "url": URL},
        {"b64_json": None, "url": f"data:image/png;base64,{B64}"},
        {"b64_json": "", "url": f"data:image/png;base64,{B64}"},
        {"b64_json": "no base64 at all ~", "url": f"data:image/png;base64,{B64}"},
    ],
)
def test_edge_30_the_picture_is_found_whichever_field_holds_it(item: object) -> None:
    assert items(item) == (Picture(index=0, data=PNG),)


@pytest.mark.parametrize(
    "item", [{"url": URL}, {"url": URL, "b64_json": None}, {"url": f" {URL}\n"}, {"b64_json": URL}]
)
def test_edge_30_an_address_comes_though_the_picture_was_asked_for(item: object) -> None:
    assert items(item) == (Address(index=0, url=URL),)


def test_edge_31_base64_is_read_in_every_dress() -> None:
    dressed = [
        f"data:image/png;base64,{PHOTO}",
        f"DATA:image/jpeg;charset=x;BASE64,{PHOTO}",
        "\n".join(PHOTO[at : at + 76] for at in range(0, len(PHOTO), 76)),
        PHOTO.replace("+", "-").replace("/", "_"),
        PHOTO.rstrip("="),
        f"  {PHOTO}\r\n",
        PHOTO.replace("/", "\\/"),
    ]
    assert items(*({"b64_json": each} for each in dressed)) == tuple(
        Picture(index=index, data=JPEG) for index in range(len(dressed))
    )


def test_edge_31_a_data_url_need_not_be_base64() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    assert items({"url": f"data:image/svg+xml,{svg.replace(' ', '%20')}"}) == (Picture(index=0, data=svg.encode()),)


@pytest.mark.parametrize(
    "text", ["A", "AAAAA", "AA=A", "AA==AAAA", "A\u00e9AA", "data:image/png;base64,", "data:,", "%%%%", "=", "{}"]
)
def test_edge_31_what_is_no_base64_is_no_picture(text: str) -> None:
    assert lost({"data": [{"b64_json": text}]}).problem.code == "answer-unreadable"


@pytest.mark.parametrize("size", [1, 800_000, 800_001, 800_002])
@pytest.mark.parametrize("dress", ["plain", "lines", "unpadded", "escaped"])
def test_edge_31_large_pictures_are_read_as_small_ones(size: int, dress: str) -> None:
    data = (bytes(range(256)) * (size // 256 + 1))[:size]
    text = base64.encodebytes(data) if dress == "lines" else base64.b64encode(data)
    text = text.replace(b"\n", b"\\n") if dress == "lines" else text.rstrip(b"=") if dress == "unpadded" else text
    text = text.replace(b"/", b"\\/") if dress == "escaped" else text
    body = b'{"data":[{"b64_json" : "' + text + b'", "revised_prompt":"a \\"quote\\" \\\\"}],"cost":1}'
    reply = read_reply(Answer(status=200, body=body), OWN)
    assert reply.items == (Picture(index=0, data=data),)
    assert reply.revised_prompt == 'a "quote" \\'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": {"message": "boom"}}, "answer-refusal"),
        ({"error": "boom", "data": []}, "answer-refusal"),
        ({"message": "boom"}, "answer-refusal"),
        ({"created": 1}, "answer-empty"),
        ({"data": None}, "answer-empty"),
        ({"data": []}, "answer-empty"),
        ({"data": {"url": URL}}, "answer-unreadable"),
        ({"data": "x"}, "answer-unreadable"),
        ({"data": [1, None, "x", [], {}]}, "answer-unreadable"),
        ({"data": [{"url": 5, "b64_json": {}}]}, "answer-unreadable"),
        ({"data": [{"url": "file:///etc/passwd"}, {"url": "javascript:x"}, {"url": "ftp://a/b"}]}, "answer-unreadable"),
        ([{"url": URL}], "answer-unreadable"),
        ("text", "answer-unreadable"),
        (b"<!DOCTYPE html><title>Just a moment</title>", "proxy-failed"),
        (b"", "answer-empty"),
        (b" \n", "answer-empty"),
        (b'{"data": [{"b64_json": "iVBOR', "answer-unreadable"),
        (b"\xff\xfe\x00", "answer-unreadable"),
        (b"[" * 100_000, "answer-unreadable"),
        (b"1" * 5000, "answer-unreadable"),
    ],
)
def test_edge_32_a_success_without_a_picture_may_have_been_charged(body: object, code: str) -> None:
    error = lost(body, x_request_id="req-9")
    assert error.problem.code == code
    assert error.problem.cost == "It may have been charged."
    assert error.request_id == "req-9"


def test_edge_32_an_excerpt_is_kept_without_what_is_secret() -> None:
    secret = "sk-nano-0123456789abcdef0123"
    detail = lost({"error": {"message": f"boom for {secret} {'word ' * 4000}"}}).problem.detail
    assert "boom" in detail
    assert secret not in detail
    assert 1500 < len(detail.encode()) <= 2000


@pytest.mark.parametrize("count", [1, 2, 7])
def test_edge_33_as_many_as_came_are_kept_whatever_was_asked_for(count: int) -> None:
    assert len(items(*[{"url": URL}] * count)) == count


def test_edge_31_only_pictures_are_lifted_out_and_only_as_many_as_anyone_sends() -> None:
    told = "a long text " * 4000
    reply = read_reply(answer({"data": [{"revised_prompt": told, "b64_json": B64}]}), OWN)
    assert reply.revised_prompt == told.strip()
    assert reply.items == (Picture(index=0, data=PNG),)
    many = {"tags": ["x"] * 12_000, "data": [{"b64_json": base64.b64encode(JPEG * 200).decode()}]}
    assert read_reply(answer(many), OWN).items == (Picture(index=0, data=JPEG * 200),)


@pytest.mark.parametrize("letters", ["x", "é", "\U0001f4f7", "\\", "\\\\\n", "\n"])
@pytest.mark.parametrize("plain", [True, False])
def test_a_text_longer_than_anything_that_is_said_is_read_in_part(
    letters: str, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = LONG + 1000
    monkeypatch.setattr(lifting, "LONGEST_TEXT", longest)
    for lead in range(6):
        told = "x" * lead + letters * (2 * longest // len(letters))
        body = json.dumps({"a": told, "b": [told, 7], told: 1}, ensure_ascii=plain).encode()
        value = read_json(body).value
        assert isinstance(value, dict)
        assert value["b"][1] == 7
        for text in (value["a"], value["b"][0], list(value)[2]):
            assert told.startswith(text.removesuffix("\ud83d"))
            assert longest - 6 <= len(json.dumps(text, ensure_ascii=plain).encode("utf-8", "replace")) - 2 <= longest


@pytest.mark.parametrize("cut", [1, 3, 100_000])
def test_no_reader_walks_a_picture_that_was_cut(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps({"data": [{"b64_json": B64}, {"b64_json": "A" * 200_000}]}).encode()
    walked: list[int] = []
    whole = json.loads

    def walking(text: bytes, **more: object) -> object:
        walked.append(len(text))
        return whole(text, **more)  # pyright: ignore[reportArgumentType]  whatever it takes

    monkeypatch.setattr(json, "loads", walking)
    with pytest.raises(OutcomeLost):
        read_reply(Answer(status=200, headers=(), body=body[: -cut - 4]), NANOGPT)
    assert sum(walked) < 1000


def test_edge_33_what_cannot_be_read_is_left_out_and_the_rest_keeps_its_place() -> None:
    assert items({"url": URL}, {}, {"b64_json": B64}) == (Address(index=0, url=URL), Picture(index=2, data=PNG))


def test_edge_36_unknown_keys_and_odd_times_are_passed_over() -> None:
    for created in (0, None, 1.5, "now"):
        assert items({"b64_json": B64, "index": "x", "é": []}, created=created, usage={"total_tokens": 0}, x={"y": [1]})


def test_a_picture_instead_of_json_is_a_picture() -> None:
    assert read_reply(answer(JPEG), OWN) == Reply(items=(Picture(index=0, data=JPEG),))


def test_answers_as_servers_gave_them() -> None:
    first = read_reply(answer(seen("nanogpt-generations-b64.json"), X_Request_Id=" r1 "), NANOGPT)
    assert first.cost == Price(amount="0.02")
    assert first.balance == Price(amount="12.48")
    assert first.request_id == "r1"
    two = read_reply(answer(seen("nanogpt-generations-url.json"), x_remaining_balance="11.99"), NANOGPT)
    assert [each.index for each in two.items] == [0, 1]
    assert (two.cost, two.balance) == (Price(amount="0.0400"), Price(amount="11.99"))
    peer = read_reply(answer(seen("litellm-generations.json")), OWN)
    assert (len(peer.items), peer.cost, peer.balance, peer.revised_prompt) == (1, None, None, None)
    naga = read_reply(answer(seen("naga-edits-url.json")), NANOGPT)
    assert naga.revised_prompt == "A dramatic sky with light rays over the same hills"


@pytest.mark.parametrize(
    ("top", "headers", "cost", "balance"),
    [
        ({}, {}, None, None),
        ({"cost": None, "remainingBalance": None}, {}, None, None),
        ({"cost": 0, "remainingBalance": 0}, {}, Price(amount="0"), Price(amount="0")),
        ({"cost": "0.5", "remainingBalance": "1e-7"}, {}, Price(amount="0.5"), Price(amount="0.0000001")),
        ({"cost": "free", "remainingBalance": True}, {}, None, None),
        ({"cost": -1}, {}, None, None),
        ({"cost": 1, "paymentSource": "XNO"}, {}, Price(amount="1", currency="XNO"), None),
        ({}, {"x_cost": "0.03", "x_remaining_balance": "$2.50"}, Price(amount="0.03"), Price(amount="2.50")),
        ({"remainingBalance": 3}, {"x_remaining_balance": "2"}, None, Price(amount="2")),
        ({"remaining_balance": 3}, {"x_remaining_balance": "soon"}, None, Price(amount="3")),
        ({"x_nanogpt_pricing": {"cost": 0.01, "currency": "USD"}}, {}, Price(amount="0.01"), None),
    ],
)
def test_edge_28_money_is_read_in_every_form_and_nothing_told_is_not_nought(
    top: dict[str, object], headers: dict[str, str], cost: Price | None, balance: Price | None
) -> None:
    reply = read_reply(answer({"data": [{"url": URL}], **top}, 200, **headers), NANOGPT)
    assert (reply.cost, reply.balance) == (cost, balance)


@pytest.mark.parametrize("name", ["x-request-id", "X-Request-ID", "X-REQUEST-ID"])
def test_edge_27_the_request_id_is_read_in_any_letters(name: str) -> None:
    told = replace(answer({"data": [{"url": URL}]}), headers=((name, "abc\x07é-1"),))
    assert read_reply(told, NANOGPT).request_id == "abc-1"
    assert told.header(name) == "abc\x07é-1"
    refused = replace(told, status=400, body=b"no")
    with pytest.raises(ProviderError) as caught:
        read_reply(refused, NANOGPT)
    assert caught.value.request_id == "abc-1"


@settings(max_examples=60, deadline=None)
@given(answers)
def test_edge_32_any_answer_gives_a_reply_or_a_provider_error(found: Answer) -> None:
    for profile in PROFILES:
        told = outcome(found, profile)
        if isinstance(told, ProviderError):
            told.problem.sentence().encode()
            assert len(told.problem.detail.encode()) <= 2000
        else:
            assert told.items
