"""The JSON objects of the command line, exactly as documented: one is printed a line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from studio.domain.capabilities import ParameterKind
from studio.domain.pricing import price_of
from studio.session.face.terminal import EndedNews, ProgressNews, QueuedNews, RemarkNews

if TYPE_CHECKING:
    from studio.domain.capabilities import Model, Parameter, Price
    from studio.domain.problems import Problem
    from studio.session.face.terminal import (
        CheckListing,
        GalleryListing,
        JobListing,
        OutputFile,
        ProjectInfo,
        ProviderListing,
        TerminalNews,
    )

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Object: TypeAlias = dict[str, Json]

_NUMBERS = (ParameterKind.INTEGER, ParameterKind.NUMBER)


def news_object(news: TerminalNews) -> Object | None:
    """`queued`, `progress` or `ended`; None for what is told to people alone."""
    match news:
        case RemarkNews():
            return None
        case QueuedNews():
            return {"event": "queued", "job": news.job, "price": _price(news.price)}
        case ProgressNews():
            return {"event": "progress", "job": news.job, "phase": news.phase, "fraction": news.fraction}
        case EndedNews():
            return {
                "event": "ended",
                "job": news.job,
                "state": news.state.value,
                "outputs": [_output(output) for output in news.outputs],
                "missing": news.missing,
                "cost": _price(news.cost),
                "request_id": news.request_id,
                "revised_prompt": news.revised_prompt,
                "problem": None if news.problem is None else _problem(news.problem),
            }


def job_object(listing: JobListing) -> Object:
    """A job of the list."""
    job = listing.job
    return {
        "job": job.id,
        "state": job.state.value,
        "provider": job.request.provider,
        "model": job.request.model,
        "created": iso(job.created),
        "cost": _price(job.cost),
        "outputs": [_output(output) for output in listing.outputs],
    }


def model_object(model: Model) -> Object:
    """A model and what it can take."""
    can = model.capabilities
    return {
        "id": model.id,
        "provider": model.provider,
        "name": model.name,
        "text_to_image": can.text_to_image,
        "references": can.max_references,
        "mask": can.mask.value,
        "sizes": list(can.sizes),
        "max_count": can.max_count,
        "price": _price(price_of(model)),
        "parameters": [_parameter(parameter) for parameter in can.parameters],
    }


def provider_object(listing: ProviderListing) -> Object:
    """A provider that is set up, with every setting."""
    return {
        "id": listing.id,
        "kind": listing.kind,
        "url": listing.url,
        "key": listing.key,
        "settings": dict(listing.settings),
    }


def check_object(listing: CheckListing) -> Object:
    """What a free look at a key told; `good` is null where that cannot be told."""
    return {"id": listing.id, "good": listing.good, "words": listing.words, "balance": _price(listing.balance)}


def gallery_object(listing: GalleryListing) -> Object:
    """A picture of the gallery."""
    entry = listing.entry
    return {
        "id": entry.id,
        "job": entry.job,
        "path": listing.path,
        "prompt": entry.request.prompt,
        "model": entry.request.model,
        "provider": entry.request.provider,
        "created": iso(entry.created),
        "width": entry.size.width,
        "height": entry.size.height,
        "parent": entry.request.parent,
        "starred": entry.starred,
    }


def project_object(info: ProjectInfo) -> Object:
    """A project file."""
    return {
        "path": info.path,
        "width": info.size.width,
        "height": info.size.height,
        "masked": info.masked,
        "jobs": info.jobs,
        "layers": [
            {
                "name": layer.name,
                "visible": layer.visible,
                "opacity": layer.opacity,
                "blend": layer.blend,
                "width": layer.size.width,
                "height": layer.size.height,
            }
            for layer in info.layers
        ],
    }


def iso(seconds: float) -> str:
    """Seconds since 1970 as a time in UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _price(price: Price | None) -> Object | None:
    return None if price is None else {"amount": price.amount, "currency": price.currency}


def _problem(problem: Problem) -> Object:
    return {
        "code": problem.code,
        "title": problem.title,
        "what": problem.what,
        "cost": problem.cost,
        "next": problem.next,
    }


def _output(output: OutputFile) -> Object:
    return {
        "id": output.id,
        "path": output.path,
        "raw": output.raw,
        "paste_mask": output.paste_mask,
        "width": output.size.width,
        "height": output.size.height,
    }


def _parameter(parameter: Parameter) -> Object:
    told: Object = {"name": parameter.name, "kind": parameter.kind.value}
    if parameter.kind is ParameterKind.CHOICE:
        told["values"] = list(parameter.values)
    elif parameter.kind in _NUMBERS:
        told |= {"min": parameter.minimum, "max": parameter.maximum}
    return told | {"default": parameter.default}
