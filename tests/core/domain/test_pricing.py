"""What an order will cost, as far as the catalogue tells."""

from __future__ import annotations

from studio.domain.capabilities import Capabilities, Model, Price
from studio.domain.ids import ModelId, ProviderId
from studio.domain.pricing import price_of


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
