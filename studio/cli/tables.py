"""Lists for people, as columns that line up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.pricing import amount_words, price_of
from studio.domain.profile import new_profile, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.capabilities import Model, Price
    from studio.session.face.terminal import GalleryListing, JobListing, ProjectInfo, ProviderListing

WIDEST = 48
"""No column but the last is wider, in characters."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows below their heads, two spaces between columns; the last one is never cut."""
    lines = [tuple(head), *(tuple(_one_line(cell) for cell in row) for row in rows)]
    last = len(head) - 1
    cut = [tuple(cell if at == last else _short(cell) for at, cell in enumerate(line)) for line in lines]
    widths = [max(len(line[at]) for line in cut) for at in range(len(head))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in cut
    )


def job_table(listings: Sequence[JobListing], times: Sequence[str]) -> str:
    """Jobs, one a line; what went wrong comes last."""
    rows = [
        (
            each.job.id,
            each.job.state.value,
            each.job.request.model,
            time,
            price_text(each.job.cost),
            str(len(each.outputs)),
            each.job.problem.what if each.job.problem else each.job.request.title or each.job.request.prompt,
        )
        for each, time in zip(listings, times, strict=True)
    ]
    return table(("JOB", "STATE", "MODEL", "CREATED", "COST", "PICTURES", "ABOUT"), rows)


def model_table(models: Sequence[Model]) -> str:
    """Models, one a line."""
    rows = [
        (
            model.id,
            model.provider,
            model.name,
            "free" if model.free else price_text(price_of(model)),
            model.capabilities.mask.value,
            ", ".join(parameter.name for parameter in model.capabilities.parameters) or "-",
        )
        for model in models
    ]
    return table(("MODEL", "PROVIDER", "NAME", "PRICE", "MASK", "PARAMETERS"), rows)


def provider_table(listings: Sequence[ProviderListing]) -> str:
    """Providers, one a line; of their settings those that are not as the kind starts with."""
    rows = [(each.id, each.kind, each.url, each.key, _own_settings(each)) for each in listings]
    return table(("PROVIDER", "KIND", "ADDRESS", "KEY", "SETTINGS"), rows)


def _own_settings(listing: ProviderListing) -> str:
    start = dict(settings_of(new_profile(listing.id, listing.kind, listing.url)))
    return " ".join(f"{name}={value}" for name, value in listing.settings if value != start[name]) or "-"


def gallery_table(listings: Sequence[GalleryListing], times: Sequence[str]) -> str:
    """Pictures, one a line."""
    rows = [
        (
            each.entry.id,
            "*" if each.entry.starred else "",
            str(each.entry.size),
            each.entry.request.model,
            time,
            each.entry.request.prompt or each.entry.request.title,
            each.path,
        )
        for each, time in zip(listings, times, strict=True)
    ]
    return table(("PICTURE", "", "SIZE", "MODEL", "CREATED", "PROMPT", "FILE"), rows)


def project_text(info: ProjectInfo) -> str:
    """A project and its layers."""
    rows = [
        (layer.name, "shown" if layer.visible else "hidden", f"{layer.opacity:.0%}", layer.blend, str(layer.size))
        for layer in info.layers
    ]
    first = f"{info.path}\n{info.size} pixels, {info.masked:.1%} masked, {info.jobs} jobs\n\n"
    return first + table(("LAYER", "", "OPACITY", "BLEND", "SIZE"), rows)


def price_text(price: Price | None) -> str:
    """A price or a cost for people; a hyphen where it is not known."""
    return "-" if price is None else f"{'about ' if price.estimate else ''}{amount_words(price)} {price.currency}"


def _one_line(text: str) -> str:
    """Without line breaks and without what could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
