"""What a catalogue's record says that a model can take. There are two shapes of it: a descriptor for each parameter,
and plain limits and lists. Both may come mixed; what has no name here is kept under its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.capabilities import Parameter, ParameterKind
from studio.wire.documented import known, label_of
from studio.wire.values import entries, items, number, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.domain.request import ParameterValue

_LIMITS = frozenset(
    ("max_images", "max_output_images", "max_input_images", "fixed_image_count", "max_prompt_characters",
     "prompt_length", "input_image_constraints", "input_reference_constraints", "resolutions", "sizes", "resolution",
     "size", "n", "seed", "input_references")
)  # fmt: skip
_OURS = frozenset(
    ("model", "prompt", "image", "images", "image[]", "images[]", "mask", "response_format", "stream", "user",
     "partial_images", "provider", "imageDataUrl", "imageDataUrls", "maskDataUrl", "image_url", "nImages", "count",
     "billing_mode")
)  # fmt: skip
"""Fields that the order fills, or that are never sent: no parameter to be set."""
_FACTS = ("max_", "min_", "default_", "supports_", "supported_", "allowed_")
_LONGEST_NAME, _LONGEST_VALUE, _MOST = 80, 200, 400
_MANY = 64
_ANY_TEXT = {"type": "string"}
_LISTS = ("values", "enum", "options", "allowed", "choices")
_KINDS = {"boolean": ParameterKind.FLAG, "bool": ParameterKind.FLAG, "flag": ParameterKind.FLAG,
          "integer": ParameterKind.INTEGER, "int": ParameterKind.INTEGER,
          "number": ParameterKind.NUMBER, "float": ParameterKind.NUMBER}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """None and empty: not told. `names` is what is listed, in our own words (`size`, `n`, `seed`)."""

    parameters: tuple[Parameter, ...] = ()
    sizes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    max_count: int | None = None
    fixed_count: int | None = None
    max_images: int | None = None
    seed: bool = False
    prompt_limit: int | None = None
    prompt_utf16: bool = True
    max_bytes: int | None = None
    max_side: int | None = None
    image_types: tuple[str, ...] = field(default=())


def read_listing(supported: object, constraints: object = None) -> Listing:
    """A record's `supported_parameters` (an object, or a list of names), and the constraints on its pictures where
    they stand beside it."""
    told = entries(supported) or {name: True if known(name) else _ANY_TEXT for name in texts(supported)}
    size = _size(told)
    limits = constraints or told.get("input_image_constraints") or told.get("input_reference_constraints")
    fixed = _count(told.get("fixed_image_count"))
    most = _most(told.get("n")) or _count(told.get("max_output_images")) or _count(told.get("max_images"))
    others = tuple(_others(told))
    seed = _is_told(told.get("seed"))
    counted = fixed is None and ((most or 1) > 1 or _is_told(told.get("n")))
    flags = (("size", size is not None), ("n", counted), ("seed", seed))
    return Listing(
        parameters=(size, *others) if size else others,
        sizes=size.values if size else (),
        names=tuple(name for name, listed in flags if listed) + tuple(each.name for each in others),
        max_count=most,
        fixed_count=fixed,
        max_images=_images(told, entries(limits)),
        seed=seed,
        prompt_limit=_prompt_limit(told),
        prompt_utf16=_is_utf16(told),
        max_bytes=_tightest(entries(limits), "max_bytes"),
        max_side=_tightest(entries(limits), "max_width", "max_height"),
        image_types=_types(entries(limits)),
    )


def read_parameter(name: str, told: object) -> Parameter | None:
    """One parameter of any shape; None where it is not taken, or is no parameter that can be set."""
    if not 0 < len(name) <= _LONGEST_NAME or not _is_told(told):
        return None
    document = known(name)
    values = _values(told)
    row = entries(told)
    label = text(row.get("label")) or label_of(name)
    hint = text(row.get("description"))[:_LONGEST_VALUE] or (document.help if document else "")
    if values:
        default = _known_default(row, values)
        return Parameter(name=name, label=label, kind=ParameterKind.CHOICE, values=values, default=default, help=hint)
    if document is not None and not row:
        return document
    low, high = _bound(row, "min", "minimum"), _bound(row, "max", "maximum")
    if low is None and high is None and document is not None:
        low, high = document.minimum, document.maximum
    kind = document.kind if document and document.kind is not ParameterKind.CHOICE else _kind(told, low, high)
    if kind not in (ParameterKind.INTEGER, ParameterKind.NUMBER):
        low = high = None
    return Parameter(
        name=name, label=label, kind=kind, default=_default(told, kind), minimum=low, maximum=high, help=hint
    )


def _others(told: Mapping[str, object]) -> Iterator[Parameter]:
    for raw in list(told)[:_MOST]:
        name = text(raw)
        if name in _LIMITS or name in _OURS or name.startswith(_FACTS):
            continue
        found = read_parameter(name, told[raw])
        if found is not None:
            yield found


def _size(told: Mapping[str, object]) -> Parameter | None:
    """Sizes are words of the catalogue, whatever they look like, and go out as they came."""
    for name in ("resolutions", "resolution", "sizes", "size"):
        found = read_parameter("size", told.get(name))
        if found is not None and (found.values or name in ("resolution", "size")):
            return found
    return None


def _is_told(value: object) -> bool:
    return value is not None and value is not False and (value is True or value not in ("", [], {}))


def _values(told: object) -> tuple[str, ...]:
    row = entries(told)
    listed = next((row[key] for key in _LISTS if items(row.get(key))), told)
    found = texts([entries(each).get("value", each) for each in items(listed)][:_MOST])
    return tuple(each for each in found if len(each) <= _LONGEST_VALUE)


def _known_default(row: Mapping[str, object], values: tuple[str, ...]) -> str | None:
    default = next(iter(texts([row.get("default")])), "")
    return default if default in values else None


def _kind(told: object, low: float | None, high: float | None) -> ParameterKind:
    row = entries(told)
    named = text(row.get("type")).lower()
    if named in _KINDS:
        return _KINDS[named]
    if isinstance(told, bool) or isinstance(row.get("default"), bool):
        return ParameterKind.FLAG
    figures = [each for each in (low, high, number(row.get("step")), _figure(told)) if each is not None]
    if not figures:
        return ParameterKind.TEXT
    fractions = any(each != int(each) or isinstance(each, float) for each in figures)
    narrow = low is not None and high is not None and high - low <= 1
    return ParameterKind.NUMBER if fractions or narrow else ParameterKind.INTEGER


def _figure(told: object) -> float | int | None:
    value = entries(told).get("default", told)
    return number(value) if isinstance(value, int | float) else None


def _default(told: object, kind: ParameterKind) -> ParameterValue | None:
    value = entries(told).get("default") if entries(told) else told
    if kind is ParameterKind.FLAG:
        return value if isinstance(value, bool) and bool(entries(told)) else None
    if kind is ParameterKind.TEXT:
        return text(value)[:_LONGEST_VALUE] or None
    return whole(value) if kind is ParameterKind.INTEGER else number(value)


def _bound(row: Mapping[str, object], *names: str) -> float | int | None:
    return next((found for name in names if (found := number(row.get(name))) is not None), None)


def _count(value: object) -> int | None:
    found = whole(value)
    return min(found, _MANY) if found is not None and found > 0 else None


def _most(told: object) -> int | None:
    row = entries(told)
    return _count(_bound(row, "max", "maximum")) or max(
        filter(None, map(_count, items(row.get("values")))), default=None
    )


def _images(told: Mapping[str, object], limits: Mapping[str, object]) -> int | None:
    places = (told.get("max_input_images"), limits.get("max_items"))
    references = entries(told.get("input_references"))
    found = (*places, *(references.get(name) for name in ("max_items", "maxItems", "max", "maximum")))
    return next((max(0, most) for each in found if (most := whole(each)) is not None), None)


def _prompt_limit(told: Mapping[str, object]) -> int | None:
    row = entries(told.get("prompt_length"))
    values = (told.get("max_prompt_characters"), *(row.get(name) for name in ("max", "limit", "max_length", "maximum")))
    return next((most for each in values if (most := whole(each)) is not None and most > 0), None)


def _is_utf16(told: Mapping[str, object]) -> bool:
    unit = text(entries(told.get("prompt_length")).get("unit")).lower()
    return not unit or "utf16" in unit.replace("-", "").replace("_", "")


def _tightest(limits: Mapping[str, object], *names: str) -> int | None:
    """The smallest of a figure's values, at the route and at whoever stands behind it."""
    places = (limits, entries(limits.get("route")), entries(limits.get("provider")))
    found = [figure for place in places for name in names if (figure := whole(place.get(name)))]
    return min((each for each in found if each > 0), default=None)


def _types(limits: Mapping[str, object]) -> tuple[str, ...]:
    formats = texts(limits.get("formats")) or texts(entries(limits.get("route")).get("formats"))
    plain = (each.lower().removeprefix("image/") for each in formats)
    return tuple(dict.fromkeys(f"image/{'jpeg' if each == 'jpg' else each}" for each in plain))
