"""What an order will cost, as far as the catalogue tells."""

from __future__ import annotations

import pytest

from studio.domain.capabilities import Capabilities, Model, Price
from studio.domain.ids import ModelId, ProviderId
from studio.domain.pricing import Quote, cents, cost_words, money_words, price_of, quote


def model(**options: object) -> Model:
    return Model(id=ModelId("m"), provider=ProviderId("p"), name="M", **options)  # pyright: ignore[reportArgumentType]  # the caller names any field


SIZES = (("1024x1024", Price(amount="0.02")), ("2048*2048", Price(amount="0.08")))


def test_the_price_goes_by_size_and_count() -> None:
    found = price_of(model(prices=SIZES), "2048x2048", 3)
    assert found == Price(amount="0.24")


def test_a_size_that_is_not_listed_has_no_price() -> None:
    assert price_of(model(prices=SIZES), "512x512") is None
    assert price_of(model(prices=SIZES)) is None


def test_one_price_for_all_sizes_is_known_without_one() -> None:
    assert price_of(model(prices=SIZES[:1])) == Price(amount="0.02")


def test_a_model_that_always_makes_four_is_billed_for_four() -> None:
    always = model(price=Price(amount="0.01"), capabilities=Capabilities(fixed_count=4))
    assert price_of(always, count=1) == Price(amount="0.04")


def test_what_is_no_number_is_no_price() -> None:
    assert price_of(model(price=Price(amount="free"))) is None
    assert price_of(model(price=Price(amount="nan"))) is None
    assert price_of(model()) is None


def test_a_price_of_an_unchosen_size_is_about() -> None:
    differing = model(prices=SIZES, price=Price(amount="0.03"))
    assert price_of(differing, count=2) == Price(amount="0.06", estimate=True)
    assert price_of(differing, "1024x1024", 2) == Price(amount="0.04")


class TestQuote:
    """What raised a price is told beside it."""

    def test_pictures_and_size(self) -> None:
        found = quote(model(prices=SIZES), (("size", "2048x2048"),), 3)
        assert found == Quote(price=Price(amount="0.24"), each=Price(amount="0.08"), count=3, size="2048x2048")

    def test_a_size_that_does_not_count_is_not_named(self) -> None:
        found = quote(model(price=Price(amount="0.02")), (("size", "2048x2048"),), 2)
        assert found == Quote(price=Price(amount="0.04"), each=Price(amount="0.02"), count=2)

    def test_a_model_that_always_makes_four(self) -> None:
        always = model(price=Price(amount="0.01"), capabilities=Capabilities(fixed_count=4))
        assert quote(always, (), 1) == Quote(price=Price(amount="0.04"), each=Price(amount="0.01"), count=4)

    @pytest.mark.parametrize("value", [("quality", "high"), ("num_inference_steps", 50), ("kontext_max_mode", True)])
    def test_what_no_catalogue_prices_makes_it_an_estimate(self, value: tuple[str, str | int | bool]) -> None:
        found = quote(model(price=Price(amount="0.02")), (value,))
        assert found is not None
        assert found.price == Price(amount="0.02", estimate=True)

    @pytest.mark.parametrize("value", [("quality", "auto"), ("kontext_max_mode", False), ("strength", 0.5)])
    def test_what_is_free_leaves_it_as_it_is(self, value: tuple[str, str | float | bool]) -> None:
        found = quote(model(price=Price(amount="0.02")), (value,))
        assert found is not None
        assert found.price == Price(amount="0.02")

    def test_unknown_stays_unknown(self) -> None:
        assert quote(model(), (), 3) is None
        assert quote(model(prices=SIZES), (("size", "512x512"),), 3) is None


@pytest.mark.parametrize(
    ("price", "cost", "words"),
    [
        (Price(amount="0.04"), Price(amount="0.0400"), "$0.04"),
        (Price(amount="0.04"), Price(amount="0.05"), "$0.05, not $0.04"),
        (Price(amount="0.04", estimate=True), Price(amount="0.05"), "$0.05, not about $0.04"),
        (Price(amount="0.04"), Price(amount="0.04", currency="EUR"), "0.04 EUR, not $0.04"),
        (Price(amount="0.04"), Price(amount="0"), "$0.00, not $0.04"),
        (None, Price(amount="0.0012"), "$0.0012"),
        (Price(amount="0.04"), None, "cost unknown, price $0.04"),
        (None, None, "cost unknown"),
    ],
)
def test_a_bill_that_is_not_the_price_is_shown_beside_it(price: Price | None, cost: Price | None, words: str) -> None:
    assert cost_words(price, cost) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("25.00000000", "$25.00"),
        ("12.3499", "$12.34"),
        ("0.0199", "$0.01"),
        ("0.0012345", "$0.0012"),
        ("0.00000089", "$0.00000089"),
        ("0", "$0.00"),
        ("-1.239", "-$1.23"),
        ("1234567.891", "$1234567.89"),
    ],
)
def test_a_balance_is_cut_to_cents_but_never_to_nothing(amount: str, words: str) -> None:
    assert money_words(cents(Price(amount=amount))) == words
