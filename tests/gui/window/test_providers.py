"""The page where providers and their keys are set up, before a fake desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.ids import ProviderId
from studio.domain.profile import new_profile, settings_of
from studio.session.face.providers import CheckRow, ProviderRow
from studio.ui.dialogs.providers.page import ProvidersPage
from studio.ui.dialogs.providers.words import SETTINGS, VALUES, state_of
from studio.ui.dialogs.settings import SettingsDialog
from tests.fakes.desk_scene import PAID_MODEL
from tests.gui.window.test_room import Longer, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

KEY = "sk-nano-0123456789"


def row(kind: str = "nanogpt", name: str = "NanoGPT", /, **facts: object) -> ProviderRow:
    profile = new_profile(name.lower().replace(" ", "-"), kind, "https://gpu.example/v1" if kind == "openai" else None)
    settings = tuple((setting, "" if value is None else str(value)) for setting, value in settings_of(profile))
    made = ProviderRow(id=profile.id, name=name, kind=kind, url=profile.url, key="none", settings=settings)
    return replace(made, **facts)  # pyright: ignore[reportArgumentType]  the fields of a row


def shown(window: MainWindow) -> list[SettingsDialog]:
    return [each for each in window.findChildren(SettingsDialog) if each.isVisible()]


def opened(window: MainWindow) -> SettingsDialog:
    """The one that is open."""
    (dialog,) = shown(window)
    return dialog


@pytest.fixture
def page(desk: FakeDesk, theme: Theme, qtbot: QtBot) -> ProvidersPage:
    """The page alone, with one provider that has no key."""
    desk.providers.show((row(),))
    page = ProvidersPage(desk)
    qtbot.addWidget(page)
    page.resize(600, 560)
    page.show()
    return page


def test_without_a_provider_it_says_what_they_are_for(page: ProvidersPage, desk: FakeDesk) -> None:
    desk.providers.show(())
    assert page.none.isVisible()
    assert not page.detail.isVisible()
    page.adding.buttons["naga"].click()
    page.adding.playground.click()
    assert desk.called("add_provider") == [("naga", "", "", "")]
    assert desk.called("start_playground") == [()]


def test_the_page_opens_once_and_at_the_provider_of_the_chosen_model(window: MainWindow, desk: FakeDesk) -> None:
    desk.providers.show((row("naga", "Naga"), row()))
    desk.show_form(replace(desk.form_view(), model=PAID_MODEL))
    window.commands.run("providers.open")
    dialog = opened(window)
    assert dialog.list.page() == "providers"
    assert dialog.providers.detail.title.text() == "NanoGPT"
    dialog.turn_to("mask")
    window.commands.run("providers.open")
    assert opened(window) is dialog
    assert dialog.list.page() == "providers"


def test_a_closed_page_hears_nothing_more(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    window.commands.run("providers.open")
    dialog = opened(window)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.close()
    qtbot.waitUntil(lambda: bool(gone))
    desk.providers.show((row(),))
    desk.providers.refused.emit(problem("bad-parameter", name="url", value="", allowed="an address"))
    window.commands.run("providers.open")
    assert opened(window).providers.list.count() == 1


def test_a_server_of_ones_own_needs_its_address(page: ProvidersPage, desk: FakeDesk, qtbot: QtBot) -> None:
    page.adding.buttons["openai"].click()
    assert not page.adding.go.isEnabled()
    page.adding.address.setText("nowhere")
    qtbot.keyClick(page.adding.address, Qt.Key.Key_Return)
    assert desk.called("add_provider") == [("openai", "nowhere", "", "")]
    desk.providers.refused.emit(problem("bad-parameter", name="url", value="nowhere", allowed="an address"))
    assert page.adding.problem.isVisible()
    desk.providers.show((row(), row("openai", "Rack")))
    assert not page.adding.own.isVisible()
    assert page.detail.title.text() == "Rack"


@pytest.mark.parametrize(
    ("facts", "words", "tone"),
    [
        ({"key": "unknown"}, "Looking for the key…", "dim"),
        ({"key": "none"}, "No key", "warn"),
        ({"key": "keyring"}, "Key not checked yet", "dim"),
        ({"key": "keyring", "check": CheckRow(good=True, words="")}, "Key is good", "good"),
        ({"key": "keyring", "check": CheckRow(good=False, words="")}, "Key was refused", "bad"),
        ({"key": "keyring", "check": CheckRow(good=None, words="")}, "Key cannot be checked", "dim"),
        ({"key": "session"}, "Key for this session", "dim"),
        ({"key": "file", "check": CheckRow(good=True, words="")}, "Key lies in a file", "warn"),
        ({"key": "keyring", "busy": True}, "Asking…", "dim"),
        ({"key": "none", "problem": problem("keyring-unavailable")}, "No keyring", "bad"),
    ],
)
def test_every_state_has_a_word_a_sign_and_a_colour(facts: dict[str, object], words: str, tone: str) -> None:
    state = state_of(row(**facts))
    assert (state.words, state.tone) == (words, tone)
    assert state.icon


def test_the_list_says_balance_and_models(page: ProvidersPage, desk: FakeDesk) -> None:
    check = CheckRow(good=True, words="The key is good.", balance=Price(amount="12.34"))
    desk.providers.show((row(key="keyring", models=412, check=check),))
    spoken = page.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "NanoGPT, Key is good, Balance $12.34 · 412 models"
    assert page.detail.told.text() == "The key is good."


def test_a_key_is_pasted_kept_and_leaves_the_field(page: ProvidersPage, desk: FakeDesk, qtbot: QtBot) -> None:
    key = page.detail.key
    assert key.field.echoMode() is QLineEdit.EchoMode.Password
    QApplication.clipboard().setText(KEY)
    key.field.setFocus()
    key.field.paste()
    qtbot.keyClick(key.field, Qt.Key.Key_Return)
    assert desk.called("give_key") == [(ProviderId("nanogpt"), KEY, False)]
    desk.providers.show((row(busy=True),))
    desk.providers.show((row(key="keyring"),))
    assert not key.field.isVisible()
    assert key.field.text() == ""
    assert KEY not in "".join(label.text() for label in page.findChildren(QLabel))
    key.forget.click()
    assert desk.called("forget_key") == [(ProviderId("nanogpt"),)]
    key.replace.click()
    assert key.field.isVisible()
    key.stay.click()
    assert not key.field.isVisible()


def test_a_key_for_this_session_only(page: ProvidersPage, desk: FakeDesk) -> None:
    page.detail.key.field.setText(KEY)
    page.detail.key.session.click()
    page.detail.key.keep.click()
    assert desk.called("give_key") == [(ProviderId("nanogpt"), KEY, True)]


def test_without_a_keyring_the_session_comes_first_and_the_file_after_a_warning(
    page: ProvidersPage, desk: FakeDesk
) -> None:
    key = page.detail.key
    key.field.setText(KEY)
    key.keep.click()
    desk.providers.show((row(busy=True),))
    desk.providers.show((row(problem=problem("keyring-unavailable")),))
    assert key.instead.isVisible()
    assert page.detail.problem.isVisible()
    key.instead.session.click()
    assert desk.called("give_key")[-1] == (ProviderId("nanogpt"), KEY, True)
    key.instead.file.click()
    assert key.instead.warning.isVisible()
    assert "unencrypted" in key.instead.warning.text()
    assert desk.called("allow_key_file") == []
    key.instead.back.click()
    assert not key.instead.warning.isVisible()
    key.instead.file.click()
    key.instead.sure.click()
    assert desk.called("allow_key_file") == [()]
    assert desk.called("give_key")[-1] == (ProviderId("nanogpt"), KEY, False)
    desk.providers.show((row(busy=True),))
    desk.providers.show((row(key="file"),))
    assert not key.instead.isVisible()
    assert any("file" in label.text() and label.isVisible() for label in key.findChildren(QLabel))


def test_removing_asks_once_more(page: ProvidersPage, desk: FakeDesk) -> None:
    page.detail.remove.click()
    assert "Its key is forgotten" in page.detail.sure.words.text()
    assert desk.called("remove_provider") == []
    page.detail.sure.keep.click()
    assert not page.detail.sure.isVisible()
    page.detail.remove.click()
    page.detail.sure.remove.click()
    assert desk.called("remove_provider") == [(ProviderId("nanogpt"),)]


def test_check_and_refresh_wait_for_their_answer(page: ProvidersPage, desk: FakeDesk) -> None:
    page.detail.check.click()
    page.detail.refresh.click()
    assert (len(desk.called("check_provider")), len(desk.called("refresh_provider"))) == (1, 1)
    desk.providers.show((row(busy=True),))
    assert not page.detail.check.isEnabled()


def test_name_address_and_every_setting_are_written(page: ProvidersPage, desk: FakeDesk, qtbot: QtBot) -> None:
    detail = page.detail
    detail.name.selectAll()
    qtbot.keyClicks(detail.name, "Work")
    qtbot.keyClick(detail.name, Qt.Key.Key_Return)
    detail.fold.click()
    for name, box in detail.advanced.choices.items():
        box.activated.emit(box.count() - 1)
        assert desk.called("set_provider")[-1] == (ProviderId("nanogpt"), name, box.itemData(box.count() - 1))
    detail.advanced.numbers["parallel"].setValue(4)
    detail.advanced.numbers["max_body_bytes"].setValue(2.5)
    assert desk.called("set_provider")[0] == (ProviderId("nanogpt"), "name", "Work")
    assert desk.called("set_provider")[-2:] == [
        (ProviderId("nanogpt"), "parallel", "4"),
        (ProviderId("nanogpt"), "max_body_bytes", "2500000"),
    ]


def test_what_is_being_typed_is_left_alone(page: ProvidersPage, desk: FakeDesk, qtbot: QtBot) -> None:
    page.detail.address.selectAll()
    qtbot.keyClicks(page.detail.address, "https://api")
    page.detail.key.field.setText(KEY)
    desk.providers.show((row(models=3),))
    assert page.detail.address.text() == "https://api"
    assert page.detail.key.field.text() == KEY


def test_every_setting_has_a_name_a_sentence_and_words() -> None:
    shown = [name for name, _ in settings_of(new_profile("x", "nanogpt"))]
    assert list(SETTINGS) == shown
    assert not [sentence for _, sentence in SETTINGS.values() if not sentence.endswith(".")]
    assert {"bearer", "auto", "refused", "both", "none"} <= set(VALUES)


def test_a_refused_key_leads_into_the_field(page: ProvidersPage, desk: FakeDesk) -> None:
    desk.providers.show((row(key="keyring", problem=problem("key-refused", provider="NanoGPT")),))
    box = page.detail.problem
    next(each for each in box.findChildren(QAbstractButton) if each.isVisible()).click()
    assert page.detail.key.field.isVisible()


@pytest.mark.parametrize(
    ("rows", "address"),
    [
        ((row(),), "https://nano-gpt.com/balance"),
        ((row("naga", "Naga"),), "https://naga.ac/dashboard"),
        ((row("openai", "Rack"),), ""),
        ((row(url="http://127.0.0.1:9999"),), ""),
    ],
)
def test_topping_up_opens_the_providers_page_or_ours(
    window: MainWindow,
    desk: FakeDesk,
    monkeypatch: pytest.MonkeyPatch,
    rows: tuple[ProviderRow, ...],
    address: str,
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toString()))
    desk.providers.show(rows)
    window.commands.run("providers.top-up")
    assert "".join(seen) == address
    assert bool(shown(window)) is not bool(address)


@pytest.fixture
def longer(qapp: QApplication) -> Iterator[None]:
    """A language in which everything is 40 % longer."""
    language = Longer()
    QCoreApplication.installTranslator(language)
    yield
    QCoreApplication.removeTranslator(language)


@pytest.mark.parametrize("code", ["", "keyring-unavailable"])
def test_no_words_are_cut_in_a_long_language(
    longer: None, page: ProvidersPage, desk: FakeDesk, qtbot: QtBot, code: str
) -> None:
    others = (row("openai", "Rack"), row("naga", "Naga", key="file"))
    desk.providers.show((row(), *others))
    page.list.choose("nanogpt")
    page.detail.key.field.setText(KEY)
    desk.providers.show((row(problem=problem(code) if code else None), *others))
    page.detail.key.instead.file.click()
    page.detail.remove.click()
    page.detail.fold.click()
    qtbot.waitUntil(lambda: not faults(page), timeout=3000)
    buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert not [each for each in buttons if not each.accessibleName().strip()]


def faults(page: ProvidersPage) -> list[str]:
    """Words without room, and parts beyond the edge of the page."""
    parts = [each for kind in (QLabel, QAbstractButton) for each in page.findChildren(kind) if each.isVisible()]
    cut_off = [f"cut off: {each.text()}" for each in parts if cut(each)]
    edge = page.width()
    beyond = [each for each in parts if each.mapTo(page, each.rect().topRight()).x() > edge]
    return cut_off + [f"beyond the edge: {each.text()}" for each in beyond]
