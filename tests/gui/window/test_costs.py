"""Money beside Run and on its page: the label is the price table, totals are one click away, limits take effect."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from studio.domain.capabilities import Price, ProviderInfo
from studio.domain.catalogue import problem
from studio.domain.ids import ModelId, ProviderId
from studio.domain.profile import new_profile
from studio.domain.settings import Limits
from studio.domain.spending import Spent, Sum
from studio.session.face.costs import CostRow, CostsView
from studio.session.form import Form
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.words import balance
from studio.wire.models_nanogpt import read_models, with_endpoints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.domain.capabilities import Model
    from studio.ui.dialogs.costs_page import CostsPage
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

NANO = new_profile("nano", "nanogpt")
SIZES = ("1024x1024", "1536x1024", "2048x2048", "4096x4096")
TABLE: dict[str, tuple[str | None, ...]] = {
    "by-size": ("0.005", "0.0075", "0.02", None),
    "one-price": ("0.04", "0.04", "0.04", "0.04"),
    "by-rows": ("0.039", "0.039", "0.134", "0.24"),
    "in-euro": ("0.03", "0.03", "0.06", None),
    "untold": (None, None, None, None),
}
"""What one picture costs at each size, as the catalogue below tells it; None where it tells nothing."""


def catalogue() -> tuple[Model, ...]:
    """The models as their provider lists them: prices by size, one price, rows of resolutions, euros, none."""
    told = {
        "by-size": {"per_image": {"1024*1024": 0.005, "1536*1024": "0.0075", "2048x2048": 0.02}, "currency": "USD"},
        "one-price": {"per_image": "0.0400"},
        "by-rows": None,
        "in-euro": {"per_image": {"1024x1024": 0.03, "1536x1024": 0.03, "2048x2048": 0.06}, "currency": "EUR"},
        "untold": None,
    }
    records = [
        {"id": name, "name": name, "pricing": pricing, "supported_parameters": {"resolutions": SIZES, "max_images": 4}}
        for name, pricing in told.items()
    ]
    rows = [
        {"billable": "output_image", "unit": "image", "cost_usd": cost, "resolution": size}
        for size, cost in zip(SIZES, (0.039, 0.039, 0.134, 0.24), strict=True)
    ]
    endpoints = json.dumps({"id": "by-rows", "endpoints": [{"pricing": rows}]}).encode()
    found = read_models(json.dumps({"data": records}).encode(), None, NANO)
    return tuple(with_endpoints(each, endpoints) if each.id == "by-rows" else each for each in found)


SETS = [
    (name, size, each, count)
    for name, prices in TABLE.items()
    for size, each in zip(SIZES, prices, strict=True)
    for count in (1, 2, 3)
]


def expected(name: str, each: str | None, count: int) -> str:
    if each is None:
        return "Run · price unknown"
    whole, _, rest = str((Decimal(each) * count).normalize()).partition(".")
    amount = f"{whole}.{rest:0<2}"
    return f"Run · {amount} EUR" if name == "in-euro" else f"Run · ${amount}"


@pytest.fixture(scope="module")
def models() -> tuple[Model, ...]:
    return tuple(
        replace(each, capabilities=replace(each.capabilities, max_count=4, sizes=SIZES)) for each in catalogue()
    )


def test_there_are_sixty_parameter_sets() -> None:
    assert len(set(SETS)) == 60


def test_the_label_is_the_price_table(window: MainWindow, models: tuple[Model, ...]) -> None:
    told: list[tuple[str, str, int, str]] = []
    for name, size, _, count in SETS:
        form = Form(count)
        form.offer([ProviderInfo(id=NANO.id, name="NanoGPT")], models, ModelId(name), NANO.id)
        form.set_parameter("size", size)
        window.generate.run.show_state(form.view())
        told.append((name, size, count, window.generate.run.button.text()))
    assert told == [(name, size, count, expected(name, each, count)) for name, size, each, count in SETS]


def test_a_balance_is_said_in_cents() -> None:
    assert balance(Price(amount="25.00000000")) == "$25.00"
    assert balance(Price(amount="0.00123")) == "$0.0012"
    assert balance(Price(amount="-0.5")) == "-$0.50"


def spent(charged: str, jobs: int, **more: object) -> Spent:
    facts: dict[str, object] = {"currency": "USD", "charged": charged, "jobs": jobs, "held": charged, **more}
    return Spent(sums=(Sum(**facts),))  # pyright: ignore[reportArgumentType]  # the fields of a sum


def texts(page: CostsPage) -> list[str]:
    """What stands in the table, row by row."""
    grid = page.table.layout()
    assert grid is not None
    cells = [item.widget() for at in range(grid.count()) if (item := grid.itemAt(at)) is not None]
    labels = [label for cell in cells if cell for label in (cell.findChildren(QLabel) or [cell])]
    return [label.text() for label in labels if isinstance(label, QLabel) and label.text()]


@pytest.fixture
def page(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> Iterator[CostsPage]:
    """Opened by the one click beside Run."""
    qtbot.mouseClick(window.generate.run.costs, Qt.MouseButton.LeftButton)
    dialog = opened(window)
    assert dialog.costs.isVisible()
    assert desk.called("look")
    yield dialog.costs
    dialog.close()


def opened(window: MainWindow) -> SettingsDialog:
    return next(each for each in window.findChildren(SettingsDialog) if each.isVisible())


def test_totals_are_one_click_away_by_provider(page: CostsPage, desk: FakeDesk) -> None:
    assert "Counting…" in texts(page)
    open_jobs = {"open": "0.08", "open_jobs": 2, "live": "0.12", "live_jobs": 3}
    today, month = spent("1.24", 12, **open_jobs), spent("18.90", 110, **open_jobs)
    naga = spent("0.50", 1)
    rows = (
        CostRow(provider=ProviderId("nano"), name="NanoGPT", today=today, month=month),
        CostRow(provider=ProviderId("naga"), name="Naga", today=Spent(), month=naga),
    )
    desk.costs.show(CostsView(today=today, month=spent("19.40", 111, **open_jobs), rows=rows))
    unknown = "and 2 jobs whose cost is not known, about $0.08 by their price"
    assert texts(page) == [
        *("Today", "This month"),
        *("NanoGPT", "$1.24", unknown, "$18.90", unknown),
        *("Naga", "nothing", "$0.50"),
        *("All providers", "$1.24", unknown, "$19.40", unknown),
    ]
    assert page.live.text() == "3 jobs run or wait, about $0.12."


def test_what_nobody_told_is_no_nought(page: CostsPage, desk: FakeDesk) -> None:
    view = Spent(sums=(Sum(currency="USD", open="0.04", open_jobs=1),), unpriced=1)
    desk.costs.show(CostsView(today=view, month=view))
    assert texts(page).count("cost unknown") == 2
    assert not [each for each in texts(page) if each.startswith(("$0.00", "nothing"))]


def test_currencies_stand_beside_each_other(page: CostsPage, desk: FakeDesk) -> None:
    both = Spent(sums=(Sum(currency="EUR", charged="0.5", jobs=1), Sum(currency="USD", charged="1", jobs=1)))
    desk.costs.show(CostsView(today=both, month=both))
    assert "0.50 EUR + $1.00" in texts(page)


def test_a_library_that_cannot_be_read_is_told(page: CostsPage, desk: FakeDesk) -> None:
    desk.costs.show(CostsView(problem=problem("library-unreadable", place="/x")))
    assert page.trouble.isVisible()
    assert not page.table.isVisible()


def test_a_limit_takes_effect_when_it_was_typed(page: CostsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    field = page.fields["day"].field
    qtbot.keyClicks(field, "2,50")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.settings().limits == Limits(day="2.50")
    assert page.isVisible()
    assert desk.called("perform") == []
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.settings().limits == Limits()


def test_what_is_no_amount_is_not_taken(page: CostsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    field = page.fields["month"]
    qtbot.keyClicks(field.field, "-3")
    qtbot.keyClick(field.field, Qt.Key.Key_Return)
    assert desk.settings().limits == Limits()
    assert field.wrong.isVisible()
    page.unknown.click()
    assert desk.settings().limits == Limits(unknown_prices=True)


def test_a_limit_that_stopped_a_run_leads_to_its_page(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    told = problem("limit-reached", run="This run costs $0.12.", reason="Your limit for one run is $0.10.")
    desk.show_form(replace(desk.form_view(), problem=told))
    box = window.generate.run.problem
    assert box.isVisible()
    assert "Nothing was sent." in box.accessibleName()
    box.asked.emit(told.action)
    assert opened(window).costs.isVisible()
    opened(window).close()
