"""Settings on disk: they come back, a person's file is respected, damage costs nothing but itself."""

from __future__ import annotations

import stat
import subprocess
import sys
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from studio.domain.ids import ModelId
from studio.domain.limits import limit_of
from studio.domain.pen import Brush
from studio.domain.profile import new_profile, with_setting
from studio.domain.settings import OVERLAY_COLOURS, THEMES, Limits, Overlay, Settings
from studio.storage.settings import SettingsFile
from studio.storage.settings_read import read_settings
from studio.storage.settings_text import changed_text
from studio.storage.settings_values import settings_of

if TYPE_CHECKING:
    from pathlib import Path

AMOUNT = st.sampled_from(("", "0", "5", "12.50"))
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(THEMES),
    surround=st.none() | st.integers(0, 255),
    overlay=st.builds(Overlay, colour=st.sampled_from(OVERLAY_COLOURS), opacity=st.floats(0, 1)),
    brush=st.builds(Brush, size=st.floats(1, 4000), hardness=st.floats(0, 1), opacity=st.floats(0, 1)),
    model=st.none() | TEXT.map(ModelId),
    variations=st.integers(1, 100),
    feather=st.floats(0, 1000),
    export_metadata=st.booleans(),
    recent=st.lists(TEXT, max_size=3).map(tuple),
    limits=st.builds(Limits, day=AMOUNT, month=AMOUNT, unknown_prices=st.booleans()),
    keys=st.dictionaries(TEXT, TEXT, max_size=3).map(lambda keys: tuple(keys.items())),
)


@examples(max_examples=15)
@given(first=SETTINGS, second=SETTINGS)
def test_what_was_written_over_what_was_there_is_read(first: Settings, second: Settings) -> None:
    for start in ("", "# mine\nunknown = 1\n[other]\nx = [1, 2] # why\n"):
        text = changed_text(changed_text(start, first), second)
        back = settings_of(tomllib.loads(text))
        assert replace(back, keys=()) == replace(second, keys=())
        assert dict(back.keys) == dict(second.keys)
        assert all(line in text for line in start.splitlines())


def test_unknown_keys_and_comments_stay_and_own_values_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    mine = '# my settings\ntheme = "light"   # bright room\nfuture = true\n\n[brush]\nsize = 80 # px\nwet = 1\n'
    path.write_text(mine)
    store = SettingsFile(path)
    settings = store.load()
    assert (settings.theme, settings.brush.size) == ("light", 80.0)
    store.save(settings)
    assert path.read_text() == mine
    store.save(replace(settings, theme="dark"))
    assert path.read_text() == mine.replace("light", "dark")


def test_nothing_is_written_where_all_is_the_programs_own(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    store = SettingsFile(path)
    assert store.load() == Settings()
    store.save(Settings())
    assert not path.exists()
    store.save(Settings(grow=5))
    assert path.read_text() == "grow = 5\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_bad_value_falls_back_alone() -> None:
    settings = settings_of(
        {
            "theme": "purple",
            "variations": 0,
            "feather": float("nan"),
            "grow": True,
            "export_quality": 70,
            "surround": 300,
            "overlay": {"opacity": 2, "colour": "blue", "outline": 1},
            "brush": "wide",
            "recent": ["a", 1, "b"],
            "keys": {"file.open": "F2", "file.save": 3},
        }
    )
    assert settings == Settings(
        export_quality=70, overlay=Overlay(colour="blue"), recent=("a", "b"), keys=(("file.open", "F2"),)
    )


def test_limits_are_amounts_and_a_bad_one_is_kept_as_it_is() -> None:
    found = settings_of({"limits": {"click": 1, "day": 2.5, "month": "20.00", "unknown_prices": "yes", "currency": 3}})
    assert found.limits == Limits(click="1", day="2.5", month="20.00")
    assert settings_of({"limits": {"day": "five dollars"}}).limits == Limits(day="five dollars")
    assert limit_of(settings_of({"limits": 5}).limits.click) == 5


def test_a_limit_that_is_taken_off_is_gone_from_the_file() -> None:
    text = changed_text("", Settings(limits=Limits(day="5")))
    assert text == '[limits]\nday = "5"\n'
    assert settings_of(tomllib.loads(changed_text(text, Settings()))).limits == Limits()


@pytest.mark.parametrize("damage", [b"theme = ", b"\xff\xfe\x00", b"[a]\n[a]\n", b"x = " + b"[" * 5000])
def test_a_damaged_file_is_kept_aside_when_it_would_be_lost(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(damage)
    store = SettingsFile(path, clock=lambda: 0.0)
    assert store.load() == Settings()
    assert store.problem is not None
    assert store.problem.code == "settings-damaged"
    store.save(Settings(theme="dark"))
    assert (tmp_path / "settings.damaged-19700101-000000.toml").read_bytes() == damage
    assert store.load().theme == "dark"
    assert store.problem is None


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    assert read_settings(tmp_path).problem is not None


def test_reading_loads_nothing_slow() -> None:
    program = "import sys, studio.storage.settings; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"tomlkit", "msgspec", "asyncio", "numpy", "sqlite3", "PIL", "keyring"} & set(loaded)


PROFILES = (
    with_setting(new_profile("nano", "nanogpt"), "parallel", "4"),
    new_profile("naga", "naga"),
    with_setting(new_profile("gpu", "openai", "http://127.0.0.1:8000/v1"), "name", "Rack 3"),
)


def test_providers_come_back_in_their_order(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    for providers in (PROFILES, PROFILES[::2], (), PROFILES[1:]):
        file.save(replace(Settings(), providers=providers))
        assert file.load().providers == providers


def test_what_a_person_wrote_beside_a_provider_stays() -> None:
    text = '[providers.nano]\nkind = "nanogpt"\n# mine\nauth = "x-api-key"\nfuture = 3\n'
    before = settings_of(tomllib.loads(text))
    assert before.providers == (with_setting(new_profile("nano", "nanogpt"), "auth", "x-api-key"),)
    after = changed_text(text, replace(before, providers=(new_profile("nano", "nanogpt"),)))
    assert "# mine" in after
    assert tomllib.loads(after)["providers"]["nano"] == {
        "kind": "nanogpt",
        "url": "https://nano-gpt.com",
        "future": 3,
    }


def test_a_provider_that_is_none_spoils_no_other() -> None:
    text = '[providers.a]\nkind = "other"\n[providers.B]\nkind = "naga"\n[providers.c]\nkind = "naga"\nparallel = 900\n'
    assert settings_of(tomllib.loads(text)).providers == (new_profile("c", "naga"),)
