"""Providers set up by real processes: what stays in the settings, what goes into a real keyring, and what is said where
there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from studio.playground.faults import refuse
from tests.whole.terminal.visitor import NO_BUS, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTS = {
    "auth": "bearer",
    "route": "auto",
    "edits_path": "edits",
    "body": "auto",
    "image_field": "image[]",
    "reference_form": "data-url",
    "response_format": "auto",
    "mask": "auto",
    "plain_http": "refused",
    "parallel": 2,
    "deadline_s": 300,
    "max_body_bytes": None,
}


def test_what_one_process_sets_up_the_next_one_finds(visitor: Visitor) -> None:
    url = visitor.playground.url + "/naga/v1"
    added = visitor.process("providers", "add", "mine", "--kind", "naga", "--url", url, "--set", "parallel=4")
    assert (added.status, added.out) == (0, "")
    listed = visitor.process("providers", changes=NO_BUS)
    assert listed.said == [
        {
            "id": "mine",
            "kind": "naga",
            "url": url,
            "key": "none",
            "settings": STARTS | {"image_field": "images[]", "parallel": 4},
        }
    ]
    changed = visitor.process("providers", "set", "mine", "image_field=image[]", "max_body_bytes=900000", "mask=alpha")
    assert changed.status == 0
    settings = visitor.run("providers").last["settings"]
    assert settings == STARTS | {"parallel": 4, "max_body_bytes": 900000, "mask": "alpha"}
    assert visitor.process("providers", "remove", "mine", changes=NO_BUS).status == 0
    assert visitor.run("providers").said == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("add mine --kind naga", "an id that is not in use"),
        ("add local --kind naga", "not the name of the local engine"),
        ("add UPPER --kind naga", "small letters"),
        ("add other --kind stability", "nanogpt, naga, openai"),
        ("add other --kind openai", "the address of the server"),
        ("add other --kind openai --url http://gpu.example:8000/v1", "unencrypted"),
        ("add other --kind openai --url https://me:secret@gpu.example/v1", "gpu.example/v1"),
        ("add other --kind openai --url ftp://gpu.example/v1", "https://host/v1"),
        ("set mine mask=black", "one of auto, alpha, white, both"),
        ("set mine parallel=0", "a whole number from 1 to 16"),
        ("set mine colour=red", "image_field"),
        ("set mine url=http://gpu.example/v1", "unencrypted"),
        ("set other mask=alpha", "There is no provider named other."),
        ("remove other", "There is no provider named other."),
        ("key other --from-file -", "There is no provider named other."),
        ("check other", "There is no provider named other."),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence_and_changes_nothing(
    regular: Visitor, monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    regular.add("naga", "mine")
    before = regular.run("providers").said
    with (regular.folder / "key").open() as typed:
        monkeypatch.setattr("sys.stdin", typed)
        refused = regular.run("providers", *words.split())
    assert (refused.status, refused.out) == (2, "")
    assert told in refused.words
    assert "secret" not in refused.words
    assert len(refused.words.splitlines()) == 1
    assert regular.run("providers").said == before


@pytest.fixture
def keyed(visitor: Visitor) -> Iterator[Visitor]:
    """With a provider whose key is in the keyring of this session's bus."""
    name = f"nano-{visitor.playground.url.rpartition(':')[2]}"
    visitor.add("nanogpt", name)
    given = visitor.process("providers", "key", name, "--from-file", visitor.key_file)
    assert (given.status, given.said) == (0, [{"id": name, "key": "keyring"}]), given.words
    yield visitor
    assert visitor.run("providers", "remove", name).status == 0


class TestKeyring:
    """A key in the system's keyring, given once and used by later processes."""

    def test_it_is_used_without_being_named(self, keyed: Visitor) -> None:
        assert keyed.process("providers").last["key"] == "keyring"
        checked = keyed.process("providers", "check", keyed.provider)
        assert (checked.status, checked.last["good"], checked.last["words"]) == (0, True, "The key is good.")
        assert float(checked.last["balance"]["amount"]) == 25
        made = keyed.process("generate", "--provider", keyed.provider, "--model", "hidream", "--prompt", "a red fox")
        assert (made.status, made.last["state"]) == (0, "succeeded")
        assert len(keyed.playground.ledger) == 1

    def test_it_may_be_typed_and_is_nowhere_on_disk(self, keyed: Visitor) -> None:
        typed = f"  Bearer {keyed.playground.key}\n"
        given = keyed.process("providers", "key", keyed.provider, "--from-file", "-", typed=typed)
        assert (given.status, given.last["key"]) == (0, "keyring")
        assert keyed.run("providers", "check", keyed.provider).last["good"] is True
        assert keyed.playground.key not in given.out + given.words
        for path in (each for each in keyed.data.rglob("*") if each.is_file()):
            assert keyed.playground.key.encode() not in path.read_bytes(), path

    def test_a_bad_one_is_told_by_a_check_and_by_an_order(self, keyed: Visitor) -> None:
        keyed.process("providers", "key", keyed.provider, "--from-file", "-", typed="sk-of-somebody-else")
        checked = keyed.run("providers", "check", keyed.provider)
        assert (checked.status, checked.last["good"], checked.last["balance"]) == (3, False, None)
        made = keyed.run("generate", "--provider", keyed.provider, "--model", "hidream", "--prompt", "a red fox")
        assert (made.status, made.last["state"], made.code) == (3, "failed", "key-refused")
        assert "sk-of-somebody-else" not in checked.out + checked.words + made.out + made.words

    def test_it_goes_with_its_provider_and_with_its_address(self, keyed: Visitor) -> None:
        moved = keyed.run("providers", "set", keyed.provider, "url=https://elsewhere.example")
        assert moved.status == 0
        assert keyed.run("providers").last["key"] == "none"
        keyed.process("providers", "key", keyed.provider, "--from-file", keyed.key_file)
        keyed.run("providers", "remove", keyed.provider)
        keyed.run("providers", "add", keyed.provider, "--kind", "nanogpt", "--url", keyed.playground.url)
        assert keyed.run("providers").last["key"] == "none"

    def test_a_key_file_counts_for_its_run_alone(self, keyed: Visitor) -> None:
        other = keyed.write_key("sk-of-somebody-else", "other")
        assert keyed.run("providers", "check", keyed.provider, "--key-file", other).last["good"] is False
        assert keyed.run("providers", "check", keyed.provider).last["good"] is True


class TestWithoutKeyring:
    """A session without a bus, as on a server."""

    def test_a_key_cannot_be_kept_and_the_reason_is_told(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", "nano")
        given = visitor.process("providers", "key", "nano", "--from-file", visitor.key_file, changes=NO_BUS)
        assert (given.status, given.out) == (5, "")
        assert given.words.startswith("No keyring of the system answers.")
        assert visitor.playground.key not in given.words
        assert visitor.process("providers", changes=NO_BUS).last["key"] == "none"

    def test_a_key_file_is_enough_for_everything(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", "nano")
        key = ("--key-file", visitor.key_file)
        assert visitor.process("providers", "check", "nano", *key, changes=NO_BUS).last["good"] is True
        order = ("generate", "--provider", "nano", "--model", "hidream", "--prompt", "a red fox")
        made = visitor.process(*order, *key, changes=NO_BUS)
        assert (made.status, made.last["state"]) == (0, "succeeded")
        held = visitor.run(*order, "--no-wait")
        assert (held.status, held.last["state"]) == (0, "queued")
        sent = visitor.process("jobs", "run", *key, changes=NO_BUS)
        assert (sent.status, sent.last["job"], sent.last["state"]) == (0, held.last["job"], "succeeded")
        assert len(visitor.playground.ledger) == 2

    def test_a_queue_that_has_no_key_is_there_for_the_next_run(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", "nano")
        order = ("generate", "--provider", "nano", "--model", "hidream", "--prompt", "a red fox", "--no-wait")
        held = [visitor.run(*order).last["job"] for _ in range(3)]
        ran = visitor.process("jobs", "run", changes=NO_BUS)
        ends = {each["job"]: each for each in ran.said if each["event"] == "ended"}
        assert (ran.status, sorted(ends)) == (5, held), ran.words
        assert {(each["state"], each["problem"]["code"]) for each in ends.values()} == {
            ("queued", "keyring-unavailable")
        }
        sent = visitor.process("jobs", "run", "--key-file", visitor.key_file, changes=NO_BUS)
        assert (sent.status, len(visitor.playground.ledger)) == (0, 3), sent.words


class TestKeyFile:
    """A key for one run, from a file that only its owner can read."""

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
    def test_what_others_could_read_is_refused_everywhere_and_nothing_is_asked(
        self, regular: Visitor, mode: int
    ) -> None:
        regular.add("nanogpt", "nano")
        asked = len(regular.playground.requests)
        path = regular.write_key(regular.playground.key, f"key-{mode:o}", mode)
        key = ("--key-file", path)
        for words in (
            ("edit", "--provider", "nano", "--image", regular.photo(), "--prompt", "a red fox", *key),
            ("generate", "--provider", "nano", "--prompt", "a red fox", *key),
            ("models", "--provider", "nano", "--refresh", *key),
            ("providers", "check", "nano", *key),
            ("jobs", "run", *key),
            ("jobs", "resume", *key),
        ):
            refused = regular.run(*words)
            assert refused.status == 2
            assert f"{path} can be read by others" in refused.words
        assert len(regular.playground.requests) == asked
        assert regular.run("jobs").said == []

    def test_one_that_is_not_there_or_no_file(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", "nano")
        order = ("generate", "--provider", "nano", "--prompt", "a red fox", "--key-file")
        assert visitor.run(*order, visitor.folder / "gone").code == "file-missing"
        assert visitor.run(*order, visitor.folder).code == "key-file-open"

    @pytest.mark.parametrize("key", ["sk-first\nsk-second", "sk with spaces", "", "sk-ключ", "Bearer "])
    def test_what_is_no_key_is_refused_without_being_shown(self, visitor: Visitor, key: str) -> None:
        visitor.add("nanogpt", "nano")
        path = visitor.write_key(key, "odd")
        refused = visitor.run("generate", "--provider", "nano", "--prompt", "a red fox", "--key-file", path)
        assert (refused.status, refused.code) == (2, "bad-key")
        kept = visitor.run("providers", "key", "nano", "--from-file", path)
        assert kept.status == 2
        for word in ("first", "second", "spaces", "ключ"):
            assert word not in refused.out + refused.words + kept.words
        assert visitor.playground.requests == []

    def test_of_several_providers_it_goes_to_the_one_that_is_named(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", "nano")
        visitor.add("openai", "own")
        key = ("--key-file", visitor.key_file)
        assert visitor.run("models", *key).status == 2
        for provider, model in (("nano", "hidream"), ("own", "gpt-image-2")):
            order = ("generate", "--provider", provider, "--model", model, "--prompt", "a red fox", "--no-wait", *key)
            assert visitor.run(*order).status == 0
        before = len(visitor.orders())
        refused = visitor.run("jobs", "run", *key)
        assert refused.status == 2
        assert "nano, own" in refused.words
        assert len(visitor.orders()) == before
        assert [job["state"] for job in visitor.run("jobs").said] == ["queued", "queued"]


class TestModels:
    """The catalogue: fetched, kept, and shown as it was where the server is gone."""

    def test_each_kind_of_list_becomes_the_same_objects(self, visitor: Visitor) -> None:
        for kind in ("nanogpt", "naga", "openai"):
            visitor.add(kind, kind)
        found = {kind: models(visitor, kind) for kind in ("nanogpt", "naga", "openai")}
        described, plain = found["nanogpt"]["gpt-image-2"], found["nanogpt"]["hidream"]
        assert described["sizes"] == ["auto", "1024x1024", "1536x1024", "1024x1536"]
        assert (described["mask"], described["references"], described["max_count"]) == ("optional", 15, 4)
        assert described["price"] == {"amount": "0.04", "currency": "USD"}
        assert plain["sizes"] == ["1024x1024", "1024*768", "768*1024", "512x512"]
        assert found["nanogpt"]["odd-prices"]["price"] is None
        assert found["naga"]["qwen-image-edit"]["text_to_image"] is False
        assert found["openai"]["studio-sdxl"]["price"] is None
        visitor.playground.rules.bare_models = True
        assert set(models(visitor, "naga", "--refresh")) == set(found["naga"])
        assert set(models(visitor, "openai", "--refresh")) == set(found["openai"])

    def test_a_record_that_no_code_has_seen_gets_its_parameters(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", "nano")
        before = models(visitor, "nano")
        record = json.loads(json.dumps(visitor.playground.catalogue.nanogpt[0]))
        own = {"grain": {"type": "range", "min": 0, "max": 9, "default": 2}, "mood": {"type": "enum", "values": ["a"]}}
        record |= {"id": "brand-new", "supported_parameters": record["supported_parameters"] | own}
        visitor.playground.catalogue.nanogpt.append(record)
        assert "brand-new" not in models(visitor, "nano")
        fresh = models(visitor, "nano", "--refresh")
        assert set(fresh) == {*before, "brand-new"}
        named = {each["name"]: each for each in fresh["brand-new"]["parameters"]}
        assert (named["grain"]["min"], named["grain"]["max"], named["grain"]["default"]) == (0, 9, 2)
        assert named["mood"]["values"] == ["a"]
        order = ("generate", "--provider", "nano", "--model", "brand-new", "--prompt", "a red fox", "--set", "grain=4")
        assert visitor.run(*order, "--key-file", visitor.key_file).status == 0
        assert json.loads(visitor.orders()[-1].body)["grain"] == 4

    def test_the_last_good_list_stays_where_the_server_does_not_answer(self, visitor: Visitor) -> None:
        visitor.add("nanogpt", "nano")
        before = models(visitor, "nano")
        visitor.playground.faults.add(replace(refuse(503), method="GET", times=None))
        refused = visitor.run("models", "--provider", "nano", "--refresh", "--key-file", visitor.key_file)
        assert (refused.status, refused.out) == (3, "")
        assert models(visitor, "nano") == before


def models(visitor: Visitor, provider: str, *words: str) -> dict[str, dict[str, Any]]:
    """By their ids."""
    listed = visitor.run("models", "--provider", provider, "--key-file", visitor.key_file, *words)
    assert listed.status == 0, listed.words
    assert {each["provider"] for each in listed.said} == {provider}
    return {str(each["id"]): each for each in listed.said}


@pytest.mark.parametrize(
    ("kind", "tail"),
    [
        *(("openai", tail) for tail in ("", "/", "/v1", "/v1/", "/v1/images/edits", "/v1/images/generations/")),
        *(("nanogpt", tail) for tail in ("", "/", "/v1", "/api/v1", "/api/v1/", "/api/v1/images/edits")),
        *(("naga", tail) for tail in ("/v1", "/v1/", "/v1/images/edits")),
    ],
)
def test_any_address_that_was_pasted_is_the_right_one(regular: Visitor, kind: str, tail: str) -> None:
    name = f"{kind}{tail.replace('/', '.')}.x"
    before = len(regular.playground.requests)
    url = f"{regular.playground.url}/{kind}{tail}"
    assert regular.run("providers", "add", name, "--kind", kind, "--url", url).status == 0
    assert models(regular, name)
    asked = {request.path.removeprefix(f"/{kind}") for request in regular.playground.requests[before:]}
    lists = {"/api/v1/images/models", "/api/v1/image-models"} if kind == "nanogpt" else {"/v1/models"}
    assert asked >= lists
    assert all(request.status == 200 for request in regular.playground.requests[before:])
