"""One right address of whatever base was pasted."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.ids import ModelId
from studio.domain.problems import UsageError
from studio.wire.discovery import endpoints_message, endpoints_path
from studio.wire.urls import address, host, is_loopback, listed_address, origin
from tests.core.wire.orders import profile_of

ENDS = [
    "", "/", "/v1", "/v1/", "/v1/images/edits", "/v1/images/edit/", "/v1/images/generations", "/v1/images",
    "/v1/models", "/v1/chat/completions", "//v1//",
]  # fmt: skip
NANO_ENDS = [*ENDS, "/api", "/api/v1", "/api/v1/images", "/api/v1/images/models", "/api/v1/image-models",
             "/api/v1/images/edits", "/api/check-balance"]  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("kind", ["openai", "naga"])
def test_edge_19_any_base_gives_one_right_address(kind: str, end: str) -> None:
    profile = profile_of(kind, f" https://Gpu.Example{end} ")
    assert address(profile, "/v1/images/edits") == "https://gpu.example/v1/images/edits"
    assert origin(profile) == "https://gpu.example"


@pytest.mark.parametrize("end", NANO_ENDS)
def test_edge_19_any_base_of_nanogpt_gives_one_right_address(end: str) -> None:
    profile = profile_of("nanogpt", "https://nano-gpt.com" + end)
    assert address(profile, "/api/v1/images/edits") == "https://nano-gpt.com/api/v1/images/edits"
    assert address(profile, "/v1/images/generations") == "https://nano-gpt.com/v1/images/generations"
    assert address(profile, "/api/check-balance") == "https://nano-gpt.com/api/check-balance"


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("gpu.example", "https://gpu.example/v1/models"),
        ("localhost:8000", "http://localhost:8000/v1/models"),
        ("127.0.0.2:8000/v1", "http://127.0.0.2:8000/v1/models"),
        ("[::1]:9/v1", "http://[::1]:9/v1/models"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]/v1/models"),
        ("https://gpu.example:443", "https://gpu.example/v1/models"),
        ("http://localhost:80/", "http://localhost/v1/models"),
        ("https://gpu.example:8443/a b/v2beta", "https://gpu.example:8443/a%20b/v2beta/models"),
        ("https://gpu.example/proxy/openai", "https://gpu.example/proxy/openai/v1/models"),
        ("https://bücher.example", "https://xn--bcher-kva.example/v1/models"),
        ("https://gpu.example/ü", "https://gpu.example/%C3%BC/v1/models"),
        ("https://gpu.example/%C3%BC", "https://gpu.example/%C3%BC/v1/models"),
    ],
)
def test_a_base_is_kept_and_completed(base: str, expected: str) -> None:
    assert address(profile_of("openai", base), "/v1/models") == expected


def test_the_direct_host_has_all_its_paths_under_api() -> None:
    profile = profile_of("nanogpt", "https://api.nano-gpt.com/api/v1")
    assert address(profile, "/v1/images/generations") == "https://api.nano-gpt.com/api/v1/images/generations"
    assert address(profile, "/api/v1/images") == "https://api.nano-gpt.com/api/v1/images"
    assert host(profile) == "api.nano-gpt.com"


@pytest.mark.parametrize(
    "base",
    [
        "https://", "https:///v1", "ftp://gpu.example", "file:///etc", "https://me:word@gpu.example", "https://a b/v1",
        "https://gpu.example:99999", "https://gpu.example:x", "https://[::1", "https://[::g]", "https://gpu.example?k=1",
        "https://gpu.example#x", "https://gpu.example/../v1", "https://gpu.example/./v1", "https://gpu\n.example",
        "https://gpu.example\\v1", "https://-gpu-/v1", "https://a..example", "javascript:alert(1)", "https://@/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_a_sentence(base: str) -> None:
    with pytest.raises(UsageError) as caught:
        address(profile_of("openai", base), "/v1/models")
    assert caught.value.problem.code == "bad-parameter"
    assert "word" not in str(caught.value)


def test_edge_19_plain_http_to_another_machine_waits_for_leave() -> None:
    profile = profile_of("openai", "http://gpu.example:8000/v1")
    with pytest.raises(UsageError) as caught:
        origin(profile)
    assert caught.value.problem.code == "insecure-address"
    allowed = profile_of("openai", "http://gpu.example:8000/v1", plain_http="allowed")
    assert address(allowed, "/v1/models") == "http://gpu.example:8000/v1/models"


@pytest.mark.parametrize(
    ("name", "loopback"),
    [("localhost", True), ("a.localhost", True), ("127.8.0.1", True), ("::1", True), ("10.0.0.1", False),
     ("localhost.example", False), ("127.0.0.1.example", False), ("", False)],
)  # fmt: skip
def test_only_this_machine_is_loopback(name: str, *, loopback: bool) -> None:
    assert is_loopback(name) is loopback


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    try:
        found = address(replace(profile_of("openai", "https://x"), url=text), "/v1/models")
    except UsageError:
        return
    parts = urlsplit(found)
    assert found.isascii()
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert parts.path.endswith("/models")
    assert not parts.query


_SEGMENT = st.text(st.characters(categories=["L", "N"], include_characters=" -_.~:@+é"), min_size=1).filter(
    lambda text: text.strip() == text and text not in (".", "..")
)


@given(st.lists(_SEGMENT, max_size=3), st.sampled_from(ENDS))
def test_a_prefix_of_any_names_survives_and_is_never_doubled(prefix: list[str], end: str) -> None:
    bare = profile_of("openai", "https://gpu.example" + "".join(f"/{each}" for each in [*prefix, "p"]))
    pasted = profile_of("openai", "https://gpu.example" + "".join(f"/{each}" for each in [*prefix, "p"]) + end)
    assert address(pasted, "/v1/images/edits") == address(bare, "/v1/images/edits")
    again = profile_of("openai", address(bare, "/v1/images/edits"))
    assert address(again, "/v1/images/edits") == address(bare, "/v1/images/edits")


@pytest.mark.parametrize("model", ["qwen-image", "bytedance/seedream-v5.0-pro", "a:free", "my model", "ü/%/?#"])
def test_edge_18_any_model_id_survives_an_address(model: str) -> None:
    message = endpoints_message(profile_of("nanogpt"), endpoints_path(ModelId(model)))
    middle = message.url.removeprefix("https://nano-gpt.com/api/v1/images/models/").removesuffix("/endpoints")
    assert "/" not in middle
    assert urlsplit(message.url).query == ""
    assert unquote(middle) == model


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/api/v1/x", "//evil.example/x", "http://nano-gpt.com/x", "https://nano-gpt.com.evil.example/",
        "https://nano-gpt.com@evil.example/", "api/v1/x", "", "/a\\b", "/a#b", "\\\\evil.example\\x", "javascript:x",
    ],
)  # fmt: skip
def test_edge_18_a_path_of_the_catalogue_never_leads_elsewhere(path: str) -> None:
    with pytest.raises(UsageError) as caught:
        listed_address(profile_of("nanogpt"), path)
    assert caught.value.problem.code == "bad-parameter"


@given(st.text(max_size=40))
def test_edge_18_whatever_the_catalogue_says_stays_at_its_origin(path: str) -> None:
    profile = profile_of("nanogpt", "https://gate.example:8443/nano/api/v1")
    try:
        found = listed_address(profile, path)
    except UsageError:
        return
    assert found.isascii()
    assert urlsplit(found).netloc == "gate.example:8443"
    assert found.startswith("https://gate.example:8443/nano/")


def test_a_path_of_the_catalogue_may_name_its_origin_and_the_prefix() -> None:
    behind = profile_of("nanogpt", "https://gate.example/nano")
    expected = "https://gate.example/nano/api/v1/images/models/a%20b/endpoints"
    assert listed_address(behind, "/api/v1/images/models/a b/endpoints") == expected
    assert listed_address(behind, "/nano/api/v1/images/models/a%20b/endpoints") == expected
    assert listed_address(behind, expected) == expected
