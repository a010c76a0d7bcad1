"""What Naga's and OpenAI's rows have in common, and where their models differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.playground.checks import DOCUMENTED, Held, check_documented, check_names, size_of_form
from studio.playground.forms import BadForm, content_type, read_json, read_multipart
from studio.playground.refusals import Dialect, refusal

if TYPE_CHECKING:
    from studio.playground.catalogue import Card
    from studio.playground.exchange import Asked
    from studio.playground.forms import Form
    from studio.playground.world import World

_BOX = re.compile(r"(\d{1,5})x(\d{1,5})")
_CLASSIC = ("auto", "1024x1024", "1536x1024", "1024x1536")
_NAGA = frozenset({"model", "prompt", "background", "n", "quality", "response_format", "size", "user"})
_OPENAI = _NAGA | {"output_compression", "output_format", "stream", "partial_images", "safety_identifier"}
_FORMS = ("png", "jpeg", "webp")


def dialect_of(form: Form, world: World, hint: Dialect | None) -> Dialect:
    """Whose rules count at `/v1`, where both are spoken: the one that has the model; OpenAI's where none has."""
    if hint is not None:
        return hint
    return Dialect.NAGA if world.catalogue.find(Dialect.NAGA, form.text("model")) is not None else Dialect.OPENAI


def read(asked: Asked, dialect: Dialect, kinds: tuple[str, ...]) -> Form:
    """The body by its content type, one of `kinds`. Raises Refused."""
    kind = content_type(asked)
    if kind not in kinds:
        raise refusal(dialect, 415, "invalid_content_type", f"Unsupported content type {kind}. Use {kinds[0]}.")
    try:
        return read_json(asked) if kind == "application/json" else read_multipart(asked)
    except BadForm as error:
        code = "invalid_json" if kind == "application/json" else "invalid_multipart_body"
        raise refusal(dialect, 400, code, str(error)) from error


def check_endpoint(card: Card, endpoint: str) -> None:
    """400 where the model is none for this endpoint, as a chat model is none for any."""
    is_chat = card.dialect is Dialect.OPENAI and card.id.startswith("gpt-4")
    if is_chat or not card.serves(endpoint):
        raise refusal(card.dialect, 400, "invalid_value", f"{card.id} is not supported by {endpoint}.", "model")


def check_parameters(held: Held, card: Card, also: frozenset[str]) -> None:
    """The fields, by the documents of the provider; a server of one's own takes those of all documents."""
    if held.dialect is Dialect.NAGA:
        check_names(held, card, _NAGA | also)
        check_documented(held, card)
        return
    own: frozenset[str] = frozenset() if is_gpt(card) else frozenset(DOCUMENTED)
    check_names(held, card, _OPENAI | own | also)
    if held.form.values.get("stream") in (True, "true"):
        raise refusal(held.dialect, 400, "unsupported_value", "The playground does not stream.", "stream")
    held.integer("output_compression", 0, 100)
    form = held.one_of("output_format", _FORMS)
    if "output_compression" in held.form.values and form not in ("jpeg", "webp"):
        raise held.wrong("output_compression", "output_compression goes with jpeg and webp only.")
    if not is_gpt(card):
        check_documented(held, card)
        return
    held.one_of("quality", ("auto", "low", "medium", "high"))
    held.one_of("input_fidelity", ("low", "high"))
    if held.one_of("background", ("auto", "transparent", "opaque")) == "transparent" and form == "jpeg":
        raise held.wrong("background", "A transparent background goes with png and webp only.")
    if "input_fidelity" in held.form.values and card.id == "gpt-image-2":
        code = "invalid_input_fidelity_model"
        raise refusal(held.dialect, 400, code, "input_fidelity is not taken by gpt-image-2.", "input_fidelity")


def wanted_of(held: Held, card: Card) -> str:
    """How pictures are handed over. OpenAI's own models always give base64 and refuse to be asked."""
    wanted = held.one_of("response_format", ("url", "b64_json"))
    if wanted and is_gpt(card):
        message = "Unknown parameter: 'response_format'."
        raise refusal(held.dialect, 400, "unknown_parameter", message, "response_format")
    return wanted or ("url" if held.dialect is Dialect.NAGA else "b64_json")


def size_of_row(held: Held, card: Card) -> str:
    """The size as it was asked for. Raises Refused."""
    size = size_of_form(held, card, "size")
    if not size or size == "auto":
        return ""
    box = _BOX.fullmatch(size)
    if box is None:
        raise held.wrong("size", f"Invalid size {size}.")
    if is_gpt(card):
        wide, high = int(box[1]), int(box[2])
        free = card.id == "gpt-image-2" and not wide % 16 and not high % 16 and wide <= 3 * high and high <= 3 * wide
        if not (size in _CLASSIC or (free and wide * high >= 655_360)):
            raise held.wrong("size", f"Invalid size {size} for {card.id}.")
    return size


def is_gpt(card: Card) -> bool:
    """Whether it is one of OpenAI's own, which take nothing beside their document."""
    return card.dialect is Dialect.OPENAI and card.id.startswith("gpt-image")
