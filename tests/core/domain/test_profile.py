"""A provider as the user set it up."""

from __future__ import annotations

import pytest

from studio.domain.problems import UsageError
from studio.domain.profile import CHOICES, ProviderKind, new_profile, settings_of, with_setting


def test_a_kind_brings_its_address_and_its_field() -> None:
    assert new_profile("naga", "naga").image_field == "images[]"
    assert new_profile("studio", "openai", " http://gpu:8000 ").url == "http://gpu:8000"
    assert new_profile("nano", "nanogpt").kind is ProviderKind.NANOGPT


@pytest.mark.parametrize(
    ("name", "kind", "url"),
    [("", "naga", None), ("local", "naga", None), ("A b", "naga", None), ("x", "other", None), ("x", "openai", None)],
)
def test_what_is_no_provider_is_refused(name: str, kind: str, url: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        new_profile(name, kind, url)
    assert caught.value.problem.code == "bad-parameter"


def test_every_setting_can_be_set_to_each_of_its_words() -> None:
    profile = new_profile("x", "openai", "http://h")
    for name, words in CHOICES.items():
        for word in words:
            assert dict(settings_of(with_setting(profile, name, word)))[name] == word
    assert with_setting(profile, "parallel", "3").parallel == 3
    assert with_setting(profile, "max_body_bytes", "4000000").max_body_bytes == 4_000_000
    assert with_setting(with_setting(profile, "max_body_bytes", "40000"), "max_body_bytes", "none") == profile


@pytest.mark.parametrize(
    ("name", "value"),
    [("auth", "basic"), ("parallel", "0"), ("parallel", "two"), ("deadline_s", "none"), ("id", "y"), ("url", " ")],
)
def test_what_a_setting_cannot_be_is_refused(name: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        with_setting(new_profile("x", "openai", "http://h"), name, value)
    assert caught.value.problem.code == "bad-parameter"
