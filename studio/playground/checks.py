"""Checks that the routes share. Each raises Refused in the provider's own envelope."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from studio.playground.catalogue import Card, mapping
from studio.playground.exchange import Refused as Refused  # offered here beside what raises it
from studio.playground.exchange import html_answer
from studio.playground.order import key_of
from studio.playground.refusals import Dialect, flat, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.playground.exchange import Asked
    from studio.playground.forms import Form
    from studio.playground.world import World

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_BOX = re.compile(r"(\d{1,5})[x*](\d{1,5})")
LARGEST = 8_300_000
"""Pixels that a size may ask for where the model lists none (3840 x 2160)."""

DOCUMENTED: Mapping[str, tuple[str, float, float]] = {
    "strength": ("number", 0.0, 1.0),
    "guidance_scale": ("number", 0.0, 100.0),
    "num_inference_steps": ("integer", 1, 500),
    "seed": ("integer", 0, 2**63 - 1),
    "negative_prompt": ("text", 0, 0),
    "kontext_max_mode": ("flag", 0, 0),
    "background": ("text", 0, 0),
    "quality": ("text", 0, 0),
    "output_format": ("text", 0, 0),
    "aspect_ratio": ("text", 0, 0),
}
"""Parameters that the documents of NanoGPT and Naga name on edits and generations, and what they may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A form held to one provider's rules."""

    form: Form
    dialect: Dialect

    def wrong(self, name: str, message: str) -> Refused:
        """400 for a value that cannot be."""
        code = "invalid_parameter_value" if self.dialect is Dialect.NANOGPT else "invalid_value"
        return refusal(self.dialect, 400, code, message, name)

    def integer(self, name: str, low: int, high: int) -> int | None:
        """A whole number: decimal text in a multipart form, a number in JSON. None where it was left out."""
        value = self._number(name)
        if value is None:
            return None
        if value != int(value) or not low <= value <= high:
            raise self.wrong(name, f"{name} must be a whole number from {low} to {high}.")
        return int(value)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of these words; empty where it was left out."""
        if name not in self.form.values:
            return ""
        value = self.form.values[name]
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(name, f"{name} must be one of {', '.join(allowed)}.")
        return value

    def checked(self, name: str, kind: str, low: float, high: float) -> None:
        """That a value is of its kind and within its bounds, where it was given."""
        if name not in self.form.values:
            return
        value = self.form.values[name]
        if kind == "text":
            if not isinstance(value, str) or not value:
                raise self.wrong(name, f"{name} must be a text that is not empty.")
        elif kind == "flag":
            if value is not True and value is not False and (self.form.is_json or value not in ("true", "false")):
                raise self.wrong(name, f"{name} must be true or false.")
        else:
            number = self._number(name)
            if number is None or not low <= number <= high or (kind == "integer" and number != int(number)):
                raise self.wrong(name, f"{name} must be a {kind} from {low} to {high}.")

    def described(self, name: str, descriptor: object) -> None:
        """That a value is what its descriptor in the catalogue allows."""
        told, value = mapping(descriptor), self.form.values.get(name)
        values = cast("object", descriptor) if isinstance(descriptor, list) else told.get("values")
        if isinstance(values, list):
            if value not in cast("list[object]", values):
                raise self.wrong(name, f"{name} must be one of {values}.")
            return
        kind = {"range": "number", "boolean": "flag", "integer": "integer", "string": "text"}.get(
            str(told.get("type")), "any"
        )
        if kind != "any":
            self.checked(name, kind, _bound(told.get("min"), -1e18), _bound(told.get("max"), 1e18))

    def _number(self, name: str) -> float | None:
        if name not in self.form.values:
            return None
        value = self.form.values[name]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return value
        if not self.form.is_json and isinstance(value, str) and _DECIMAL.fullmatch(value):
            return float(value)
        raise self.wrong(name, f"{name} must be a number.")


def check_key(asked: Asked, world: World, dialect: Dialect, *, x_api_key: bool) -> None:
    """401 where there is no key, a wrong one, or one in a header that no document names here."""
    bearer = asked.header("authorization")
    allowed = x_api_key or world.rules.x_api_key_everywhere
    if bearer is None and not (allowed and asked.header("x-api-key")):
        raise refusal(dialect, 401, "missing_api_key", "No API key was provided.")
    if bearer is not None and not bearer.lower().startswith("bearer "):
        raise refusal(dialect, 401, "invalid_api_key", "The Authorization header must be a Bearer token.")
    if key_of(asked) not in world.keys:
        raise refusal(dialect, 401, "invalid_api_key", "The API key is not valid.")


def check_size_of_body(asked: Asked, world: World) -> None:
    """413 by the proxy that stands before NanoGPT's own server."""
    if len(asked.body) > world.rules.body_limit:
        raise Refused(html_answer(413, "413 Request Entity Too Large", "nginx/1.25.3"))


def check_doubled(held: Held) -> None:
    """400 where a text came twice."""
    if held.form.doubled:
        name = held.form.doubled[0]
        raise held.wrong(name, f"{name} was sent more than once.")


def check_unspoken(held: Held) -> None:
    """What NanoGPT does not support anywhere: streams and the choice of a provider."""
    if held.form.values.get("stream") in (True, "true"):
        raise refusal(held.dialect, 400, "unsupported_stream", "stream: true is not supported yet.", "stream")
    if held.form.values.get("provider"):
        message = "Provider selection and passthrough options are not supported yet."
        raise refusal(held.dialect, 400, "unsupported_provider_options", message, "provider")


def check_names(held: Held, card: Card, known: frozenset[str]) -> None:
    """400 on a field that neither the documents nor the model's record name."""
    strangers = sorted(set(held.form.values) - known - card.names)
    if strangers:
        code = "invalid_parameter_value" if held.dialect is Dialect.NANOGPT else "unknown_parameter"
        message = f"Unknown parameter for {card.id}: {strangers[0]}."
        raise refusal(held.dialect, 400, code, message, strangers[0])


def check_documented(held: Held, card: Card) -> None:
    """The documents' own parameters, which edits and generations take of any model."""
    for name, (kind, low, high) in DOCUMENTED.items():
        held.checked(name, kind, low, high)
    if "kontext_max_mode" in held.form.values and "kontext" not in card.id:
        raise held.wrong("kontext_max_mode", "kontext_max_mode is supported by flux-kontext only.")


def prompt_of(held: Held, card: Card) -> str:
    """The prompt, counted in UTF-16 code units after trimming. 400 where it is missing or too long."""
    value = held.form.values.get("prompt")
    if value is not None and not isinstance(value, str):
        raise held.wrong("prompt", "prompt must be a text.")
    text = (value or "").strip()
    if not text and card.hidden.get("prompt") != "optional":
        raise refusal(held.dialect, 400, "missing_required_parameter", "prompt is required.", "prompt")
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > card.prompt_limit:
        limit = card.prompt_limit
        message = f"Please shorten it to {limit} characters or less (current: {length} characters)."
        if held.dialect is Dialect.NANOGPT:
            raise flat(400, "prompt_too_long", f"The prompt is too long. {message}")
        raise refusal(held.dialect, 400, "string_above_max_length", message, "prompt")
    return text


def size_of_form(held: Held, card: Card, name: str) -> str:
    """The size as it was asked for. 400 where the model does not list it."""
    value = held.form.values.get(name, "")
    if name in held.form.values and (not isinstance(value, str) or not value):
        raise held.wrong(name, f"{name} must be a text.")
    size = str(value)
    if size and card.sizes and size not in card.sizes:
        raise held.wrong(name, f"{name} {size} is not supported by {card.id}. Supported: {', '.join(card.sizes)}.")
    box = _BOX.fullmatch(size)
    if box is not None and not 0 < int(box[1]) * int(box[2]) <= LARGEST:
        raise held.wrong(name, f"{name} {size} is out of range.")
    return size


def count_of(held: Held, card: Card) -> int:
    """How many pictures; `nImages` wins over `n`, as NanoGPT's document says of it."""
    name = "nImages" if held.dialect is Dialect.NANOGPT and "nImages" in held.form.values else "n"
    return held.integer(name, 1, card.max_count) or 1


def card_of(held: Held, world: World, default: str = "") -> Card:
    """The model, or the default where it was left out. 400 without either, 404 for one that is not there."""
    value = held.form.values.get("model", default)
    if not isinstance(value, str) or not value:
        raise refusal(held.dialect, 400, "missing_model", "model is required.", "model")
    card = world.catalogue.find(held.dialect, value)
    if card is None:
        raise refusal(held.dialect, 404, "model_not_found", f"The model {value} does not exist.", "model")
    return card


def _bound(value: object, fallback: float) -> float:
    return value if isinstance(value, (int, float)) else fallback
