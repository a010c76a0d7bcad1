"""Every way of saying no becomes one row of the catalogue, and the row says truly whether it cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from studio.domain.problems import OutcomeLost, ProviderError
from studio.wire.refusals import BUSY, refusal
from tests.core.wire.received import NANOGPT, OWN, answer, answers

if TYPE_CHECKING:
    from studio.wire.messages import Answer

PAGE = b"<html>\r\n<head><title>%s</title></head><body><center><h1>x</h1></center></body></html>"

# Code of the documents, status, and the row that it belongs to.
CODES = [
    ("missing_image_input", 400, "no-image-arrived"),
    ("image_input_too_large", 400, "too-large-there"),
    ("invalid_multipart_body", 400, "form-refused"),
    ("rate_limit_exceeded", 429, "rate-limited"),
    ("missing_model", 400, "model-wanted"),
    ("invalid_content_type", 415, "form-refused"),
    ("invalid_input_references", 400, "references-refused"),
    ("conflicting_image_inputs", 400, "form-refused"),
    ("unsupported_stream", 400, "parameter-refused"),
    ("unsupported_provider_options", 400, "parameter-refused"),
    ("missing_required_parameter", 400, "parameter-refused"),
    ("invalid_parameter_value", 400, "parameter-refused"),
    ("invalid_json", 400, "form-refused"),
    ("image_input_not_supported", 400, "takes-no-image"),
    ("content_policy_violation", 400, "content-refused"),
    ("moderation_blocked", 400, "content-refused"),
    ("empty_response", 400, "no-reason-given"),
    ("model_not_found", 404, "model-unknown"),
    ("model_not_allowed", 403, "key-not-allowed"),
    ("model_not_available", 400, "model-unknown"),
    ("all_fallbacks_failed", 400, "order-refused"),
    ("daily_rpd_limit_exceeded", 429, "quota-reached"),
    ("daily_usd_limit_exceeded", 429, "quota-reached"),
    ("insufficient_quota", 429, "quota-reached"),
    ("insufficient_quota", 400, "no-balance"),
    ("missing_api_key", 401, "key-refused"),
    ("INVALID_IMAGE_INPUT", 400, "image-refused"),
    ("IMAGE_INPUT_TOO_LARGE", 413, "too-large-there"),
    ("IMAGE_PROCESSING_FAILED", 400, "image-refused"),
    ("FUNCTION_PAYLOAD_TOO_LARGE", 413, "too-large-there"),
    ("prompt_too_long", 400, "prompt-refused-length"),
    ("invalid_image_file", 400, "image-refused"),
    ("invalid_input_fidelity_model", 400, "parameter-refused"),
    ("invalid_provisioning_key", 401, "key-not-allowed"),
]

# What servers wrote without a code that tells, and what is meant by it.
SENTENCES = [
    (400, "No mask image data provided", "mask-wanted"),
    (400, "The mask must have the same size as the image", "mask-refused"),
    (400, "This model does not support mask", "mask-refused"),
    (400, "Please shorten it to 800 characters or less (current: 831 characters)", "prompt-refused-length"),
    (400, "Your request was rejected by the safety system", "content-refused"),
    (400, "Image generation failed. Please try a different prompt or image.", "no-reason-given"),
    (422, "Cannot specify both 'image' and 'image[]'", "form-refused"),
    (400, "image is required.", "no-image-arrived"),
    (400, "No image was provided", "no-image-arrived"),
    (400, "Missing image", "no-image-arrived"),
    (400, "Upload or input image is too large.", "too-large-there"),
    (400, "this model doesn't support input images", "takes-no-image"),
    (400, "Invalid image file or mode for image 3", "image-refused"),
    (400, "size must be between 655,360 and 3,686,400 total pixels", "size-refused"),
    (400, "The model `x` does not exist", "model-unknown"),
    (400, "litellm.UnsupportedParamsError: openai does not support parameters", "parameter-refused"),
    (400, "No connected db.", "key-refused"),
    (400, "something else", "order-refused"),
    (403, "not in your region", "key-not-allowed"),
    (404, "Not Found", "route-unknown"),
    (405, "Method Not Allowed", "route-unknown"),
    (409, "conflict", "order-refused"),
    (415, "", "form-refused"),
]

LATER = "Sat, 21 Nov 2026 10:05:00 GMT"


@pytest.mark.parametrize(("code", "status", "row"), CODES)
def test_edge_37_every_code_has_its_row_and_is_free(code: str, status: int, row: str) -> None:
    for body in ({"error": {"message": "", "code": code}}, {"error": "text", "code": code}, {"error": {"type": code}}):
        error = refusal(answer(body, status), NANOGPT)
        assert error.problem.code == row
        assert type(error) is ProviderError
        assert error.problem.cost == "Nothing was charged."


@pytest.mark.parametrize(("status", "sentence", "row"), SENTENCES)
def test_edge_37_words_tell_where_no_code_does(status: int, sentence: str, row: str) -> None:
    shapes = ({"error": {"message": sentence, "code": str(status)}}, {"error": sentence, "status": status},
              {"detail": sentence}, {"detail": {"message": sentence}}, {"message": sentence}, sentence,
              {"status": "failure", "message": sentence}, {"errors": [sentence]}, [sentence],
              {"error": {"error": {"message": sentence}}}, sentence.encode())  # fmt: skip
    for body in shapes:
        assert refusal(answer(body, status), OWN).problem.code == row, body


@pytest.mark.parametrize(
    ("told", "row"),
    [
        ([{"loc": ["body", "image"], "msg": "Field required"}], "no-image-arrived"),
        ([{"loc": ["body", "mask"], "msg": "Field required"}, {"loc": ["body", 3], "msg": "x"}], "mask-wanted"),
        ([{"msg": "Extra inputs are not permitted", "loc": []}], "parameter-refused"),
        ([5, {}, "text"], "order-refused"),
    ],
)
def test_edge_37_lists_of_complaints_are_read(told: object, row: str) -> None:
    assert refusal(answer({"detail": told}, 422), OWN).problem.code == row


@pytest.mark.parametrize(
    ("code", "param", "row"),
    [
        ("invalid_value", "size", "size-refused"),
        ("invalid_value", "quality", "parameter-refused"),
        ("invalid_value", None, "parameter-refused"),
        ("missing_required_parameter", "imageDataUrl", "no-image-arrived"),
        ("missing_required_parameter", "mask", "mask-wanted"),
        ("other", "mask", "mask-refused"),
    ],
)
def test_edge_37_the_parameter_that_is_named_counts(code: str, param: str | None, row: str) -> None:
    body = {"error": {"message": "no", "code": code, "param": param}}
    assert refusal(answer(body, 400), OWN).problem.code == row


def test_the_providers_own_words_are_told_where_they_help() -> None:
    told = refusal(answer({"error": {"message": "The lens is dirty"}}, 400), NANOGPT).problem
    assert told.what == "NanoGPT refused the order. It says: “The lens is dirty”."
    assert refusal(answer(b"", 400), NANOGPT).problem.what.endswith("It gives no reason.")


@pytest.mark.parametrize("status", [413, 502, 503, *range(520, 525)])
def test_edge_38_pages_of_a_proxy_are_called_so(status: int) -> None:
    error = refusal(answer(PAGE % f"{status} Bad &amp; sad".encode(), status), NANOGPT)
    assert error.problem.detail == f"HTTP {status}, proxy error: {status} Bad & sad"
    assert isinstance(error, OutcomeLost) is (status != 413)
    expected = {413: "too-large-there", 522: "server-timeout", 524: "server-timeout"}
    assert error.problem.code == expected.get(status, "proxy-failed")


def test_edge_38_a_page_without_a_title_is_one_too() -> None:
    error = refusal(answer(b"\xef\xbb\xbf <!doctype html><p>x", 502), NANOGPT)
    assert error.problem.detail == "HTTP 502, proxy error: a page without a title"


@pytest.mark.parametrize(
    ("status", "body", "row"),
    [
        (500, {"error": {"message": "slow", "code": "rate_limit_exceeded"}}, "server-failed"),
        (500, b"", "server-failed"),
        (503, {"error": "upstream source"}, "server-failed"),
        (504, {"error": "Request timed out...", "code": "request_timeout"}, "server-timeout"),
        (500, {"error": "x", "code": "request_timeout"}, "server-timeout"),
        (408, {"error": "x"}, "server-timeout"),
        (499, b"", "server-timeout"),
        (303, b"", "answer-unreadable"),
        (204, b"", "server-failed"),
    ],
)
def test_edge_22_an_answer_that_settles_nothing_may_have_been_charged(status: int, body: object, row: str) -> None:
    error = refusal(answer(body, status), NANOGPT)
    assert isinstance(error, OutcomeLost)
    assert error.problem.code == row
    assert not isinstance(refusal(answer(body, status), NANOGPT, sent=False), OutcomeLost)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 415, 422, 429])
def test_edge_24_a_refusal_costs_nothing(status: int) -> None:
    assert not isinstance(refusal(answer(b"", status), NANOGPT), OutcomeLost)


@pytest.mark.parametrize(
    ("status", "row"),
    [(401, "key-refused"), (403, "key-not-allowed"), (404, "route-unknown"), (429, BUSY), (400, "provider-unwell"),
     (500, "provider-unwell"), (502, "provider-unwell"), (302, "redirected")],
)  # fmt: skip
def test_a_free_question_is_refused_in_words_of_its_own(status: int, row: str) -> None:
    error = refusal(answer(b"", status), NANOGPT, sent=False)
    assert (type(error), error.problem.code) == (ProviderError, row)


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("body", [b"", {"error": {"message": "No key.", "code": "missing_api_key"}}])
def test_a_key_that_was_not_given_is_wanted_and_not_refused(body: object, *, sent: bool) -> None:
    error = refusal(answer(body, 401), NANOGPT, sent=sent, keyed=False)
    assert (type(error), error.problem.code) == (ProviderError, "key-wanted")
    assert refusal(answer(body, 401), NANOGPT, sent=sent).problem.code == "key-refused"
    assert refusal(answer(body, 402), NANOGPT, sent=sent, keyed=False).problem.code == "no-balance"


@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("https://user:pass@other.example/v1?sig=abc", "other.example"),
        ("/login", "another address"),
        ("https://[", "another address"),
        ("", "another address"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_edge_25_a_redirect_names_the_host_and_nothing_else(status: int, location: str, host: str) -> None:
    told = refusal(answer(b"", status, location=location), NANOGPT).problem
    assert told.code == "redirected"
    assert told.what == f"NanoGPT sends orders on to {host}; this is not followed."
    assert "pass" not in json.dumps([told.what, told.next, told.detail])


@pytest.mark.parametrize(
    ("headers", "seconds", "when"),
    [
        ({"retry_after": "30"}, 30.0, "in 30 seconds"),
        ({"retry_after": "0"}, 0.0, "in 2 seconds"),
        ({"retry_after": "-5"}, 0.0, "in 2 seconds"),
        ({"retry_after_ms": "1500", "retry_after": "9"}, 1.5, "in 2 seconds"),
        ({"llm_provider-retry-after": "600"}, 600.0, "in 10 minutes"),
        ({"retry_after": "86400"}, 86400.0, "in 24 hours"),
        ({"retry_after": "1e15"}, 31 * 86400.0, "in 744 hours"),
        ({"retry_after": LATER, "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, 300.0, "in 5 minutes"),
        ({"retry_after": LATER}, None, "in a while"),
        ({"retry_after": "soon", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, None, "in a while"),
        ({}, None, "in a while"),
    ],
)
def test_edge_21_the_wait_is_read_in_every_form(headers: dict[str, str], seconds: float | None, when: str) -> None:
    error = refusal(answer(b"", 429, **headers), NANOGPT)
    assert error.retry_after == seconds
    assert error.problem.next == f"It can be asked again {when}."


def test_edge_21_a_wait_in_the_body_counts_and_a_quota_is_no_rush() -> None:
    busy = refusal(answer({"error": {"code": "rate_limit_exceeded", "retry_after": 7}}, 429), NANOGPT)
    assert (busy.retry_after, busy.problem.code) == (7.0, BUSY)
    quota = refusal(answer({"error": {"code": "daily_usd_limit_exceeded"}}, 429), NANOGPT)
    assert quota.problem.code == "quota-reached"
    assert quota.problem.next.startswith("It can be asked again when the limit starts anew")


WALLET = "nano_1gx385nnj7rw67hsksa3pyxwnfr48zu13t35ncjmtnqb9zdebtjhh7ahks34"


@pytest.mark.parametrize("status", [402, 400, 429])
def test_edge_26_an_offer_to_pay_otherwise_is_never_echoed(status: int) -> None:
    body = {"error": {"message": f"Send 0.5 XNO to {WALLET}", "code": "insufficient_quota"}, "payment": {"to": WALLET}}
    told = refusal(answer(body, status), NANOGPT).problem
    everything = json.dumps([told.what, told.next, told.detail])
    assert told.code in ("no-balance", "quota-reached")
    assert "nano_" not in everything
    assert "XNO" not in everything


@settings(max_examples=60, deadline=None)
@given(answers)
def test_edge_37_any_answer_gives_one_row(found: Answer) -> None:
    for sent in (True, False):
        error = refusal(found, NANOGPT, sent=sent)
        assert isinstance(error, OutcomeLost) is (error.problem.cost != "Nothing was charged.")
        assert sent or not isinstance(error, OutcomeLost)
        assert error.retry_after is None or error.retry_after >= 0
