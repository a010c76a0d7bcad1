"""The models of the playground: what it publishes, and what it holds a request to, read from the published records.

A record that is added while the server runs is held to like all others, also one with parameters of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, cast

from studio.playground.records import Record, hidden_facts, naga_records, nanogpt_records, openai_records
from studio.playground.refusals import Dialect

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOOKKEEPING = frozenset(
    {
        "resolutions",
        "max_images",
        "max_output_images",
        "max_input_images",
        "fixed_image_count",
        "max_prompt_characters",
        "prompt_length",
        "input_image_constraints",
    }
)
"""Keys of the plain shape that are limits, not parameters to send."""


@dataclass(slots=True)
class Catalogue:
    """Lists that can be changed while the server runs. `hidden`: what a model insists on or takes without telling."""

    nanogpt: list[Record] = field(default_factory=nanogpt_records)
    naga: list[Record] = field(default_factory=naga_records)
    openai: list[Record] = field(default_factory=openai_records)
    hidden: dict[str, Record] = field(default_factory=hidden_facts)

    def of(self, dialect: Dialect) -> list[Record]:
        """The records of one provider."""
        return {Dialect.NANOGPT: self.nanogpt, Dialect.NAGA: self.naga, Dialect.OPENAI: self.openai}[dialect]

    def find(self, dialect: Dialect, name: str) -> Card | None:
        """What this model is held to."""
        record = next((record for record in self.of(dialect) if record.get("id") == name), None)
        return None if record is None else Card(dialect=dialect, record=record, hidden=self.hidden.get(name, {}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One model's limits, as its record tells them at this moment."""

    dialect: Dialect
    record: Record
    hidden: Record

    @property
    def id(self) -> str:
        """The model's id."""
        return str(self.record["id"])

    @property
    def parameters(self) -> Mapping[str, object]:
        """`supported_parameters` as published; of a list of names a value of None each."""
        value = self.record.get("supported_parameters")
        if isinstance(value, list):
            return {str(name): None for name in cast("list[object]", value)}
        return mapping(value)

    @property
    def sizes(self) -> tuple[str, ...]:
        """Sizes that are taken; none: any."""
        plain = self.parameters.get("resolutions")
        values = plain if plain is not None else mapping(self.parameters.get("resolution")).get("values")
        return tuple(str(value) for value in cast("list[object]", values)) if isinstance(values, list) else ()

    @property
    def names(self) -> frozenset[str]:
        """Names that `/api/v1/images` takes beyond model, prompt and pictures."""
        found = set(self.parameters) - _BOOKKEEPING
        if "resolutions" in self.parameters and self.sizes:
            found.add("resolution")
        if self.max_count > 1 and self.fixed_count is None:
            found.add("n")
        return frozenset(found)

    @property
    def max_count(self) -> int:
        """Most pictures of one request."""
        described = mapping(self.parameters.get("n")).get("max")
        own = self.record.get("max_output_images")
        return whole(self.parameters.get("max_images") or described or own or 10)

    @property
    def fixed_count(self) -> int | None:
        """It always makes so many."""
        fixed = self.parameters.get("fixed_image_count")
        return None if fixed is None else whole(fixed)

    @property
    def max_images(self) -> int:
        """Most pictures that go in."""
        if self.dialect is not Dialect.NANOGPT:
            return 16
        most = self.parameters.get("max_input_images")
        if most is None:
            most = mapping(self.parameters.get("input_image_constraints")).get("max_items")
        return whole(self.record.get("max_input_images", 0) if most is None else most)

    @property
    def min_images(self) -> int:
        """Fewest pictures that go in."""
        known = mapping(self.record.get("capabilities")).get("image_generation", True)
        return whole(self.hidden.get("min_images", 0 if known else 1))

    @property
    def takes_mask(self) -> bool:
        """Whether a mask has a place."""
        if self.dialect is Dialect.NANOGPT:
            told = mapping(self.record.get("capabilities")).get("inpainting") is True
            return told or "mask" in self.hidden
        return self.dialect is Dialect.OPENAI or "mask" in self.parameters

    @property
    def prompt_limit(self) -> int:
        """UTF-16 code units."""
        fallback = 100_000 if self.dialect is Dialect.NANOGPT else 32_000
        return whole(self.parameters.get("max_prompt_characters") or fallback)

    def serves(self, endpoint: str) -> bool:
        """Whether the record lists this endpoint (`images.edits` or `images.generations`), or tells nothing of it."""
        listed = self.record.get("supported_endpoints")
        return not isinstance(listed, list) or endpoint in listed

    def price(self, size: str) -> Decimal:
        """US dollars for one picture; 0.02 where the record tells nothing, as somebody has to pay."""
        table = mapping(mapping(self.record.get("pricing")).get("per_image"))
        wanted = size.replace("*", "x").lower()
        prices = {name.replace("*", "x").lower(): value for name, value in table.items()}
        found = prices.get(wanted, next(iter(prices.values()), "0.02"))
        try:
            return Decimal(str(found))
        except InvalidOperation:
            return Decimal("0.02")


def mapping(value: object) -> Mapping[str, object]:
    """The value if it is an object, else an empty one."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def whole(value: object) -> int:
    """The value if it is a number, else 0."""
    return int(value) if isinstance(value, (int, float)) else 0
