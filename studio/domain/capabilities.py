"""What a model can take. The form, the checks before a run and the command line are built from this."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from studio.domain.request import Outcome

if TYPE_CHECKING:
    from studio.domain.ids import ModelId, ProviderId
    from studio.domain.request import ParameterValue


class ParameterKind(Enum):
    """Which control a parameter gets."""

    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: its wire name, a label for people, bounds or values, and what it starts with."""

    name: str
    label: str
    kind: ParameterKind
    default: ParameterValue | None = None
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] = ()
    help: str = ""
    unit: str = ""


class MaskUse(Enum):
    """Whether a model reads a mask."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a model can take and what comes of it. `best_side` is the long side (sent space) it works best at.

    `sizes` are the provider's own words and go out as they are. `fixed_count`: it always makes so many, and is never
    told how many. `prompt_limit` is counted in UTF-16 code units where `prompt_utf16`, else in characters.
    `image_types` are the media types that it takes; empty: any of PNG, JPEG and WebP. `routes` are the words of the
    setting `route` under which the provider's catalogue lists it; empty: not told, as of a model typed by hand.
    `listed` names what the catalogue itself lists, `n`, `seed` and `size` among it: a route that takes only what is
    listed (`images`) is sent nothing else. Parameters beyond it are the documents' own.
    """

    outcome: Outcome = Outcome.PASTE
    reads_prompt: bool = True
    needs_base: bool = True
    text_to_image: bool = False
    mask: MaskUse = MaskUse.NONE
    max_references: int = 0
    max_count: int = 1
    takes_seed: bool = False
    sizes: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    best_side: int | None = None
    max_side: int | None = None
    max_bytes: int | None = None
    needs_prompt: bool = False
    prompt_limit: int | None = None
    prompt_utf16: bool = True
    fixed_count: int | None = None
    min_references: int = 0
    image_types: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """An amount of money as decimal text, so that no cent is lost to binary fractions."""

    amount: str
    currency: str = "USD"
    estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model of a provider. `note` says in a sentence what it does and what it cannot do. `price` is for one
    picture; `prices` by size, where they differ (see `price_of`)."""

    id: ModelId
    provider: ProviderId
    name: str
    note: str = ""
    capabilities: Capabilities = field(default_factory=Capabilities)
    price: Price | None = None
    free: bool = False
    prices: tuple[tuple[str, Price], ...] = ()
    created: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderInfo:
    """A provider as it is shown: name, and whether it runs here, free of charge."""

    id: ProviderId
    name: str
    local: bool = False
