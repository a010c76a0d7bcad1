"""One order for each golden file: what the file's request was written for, by hand, out of the documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.ids import ModelId
from studio.domain.profile import new_profile, with_setting
from studio.wire import account, discovery
from studio.wire.messages import Message, Route, WireImage, WireOrder
from studio.wire.requests import edit_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.profile import ProviderProfile

BOUNDARY = "0123456789abcdef0123456789abcdef"
KEY = "sk-test-1"
PNG = WireImage(data=b"\x89PNG\r\n\x1a\nfirst pic", media_type="image/png")
JPEG = WireImage(data=b"\xff\xd8\xff\xe0second", media_type="image/jpeg")
MASK = WireImage(data=b"\x89PNG\r\n\x1a\nmask", media_type="image/png")
LINK = "https://example.com/reference.png"
PRODUCT = "Combine these references into one product image"
STUDIO = "Make this look like a polished studio product photo"


def profile_of(kind: str, url: str | None = None, **settings: str) -> ProviderProfile:
    """A profile with these settings."""
    profile = new_profile("under-test", kind, url)
    for name, value in settings.items():
        profile = with_setting(profile, name, value)
    return profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A profile, a route and an order: what a golden file answers to."""

    profile: ProviderProfile = field(default_factory=lambda: profile_of("nanogpt"))
    route: Route
    order: WireOrder

    def message(self) -> Message:
        return edit_message(self.profile, self.route, self.order, BOUNDARY)


_NANO_EDITS: Mapping[str, Sent] = {
    "nanogpt-edits-one-picture": Sent(
        route=Route.EDITS,
        order=WireOrder(model="gpt-image-1", prompt="Remove the background", size="1024x1024", images=(PNG,)),
    ),
    "nanogpt-edit-alias-several-pictures": Sent(
        profile=profile_of("nanogpt", auth="x-api-key", edits_path="edit"),
        route=Route.EDITS,
        order=WireOrder(model="gpt-image-1", prompt=PRODUCT, images=(PNG, JPEG)),
    ),
    "nanogpt-edits-mask": Sent(
        profile=profile_of("nanogpt", response_format="url"),
        route=Route.EDITS,
        order=WireOrder(
            model="nano-banana",
            prompt="A café “on the corner” ☕",
            count=2,
            seed=42,
            parameters=(("strength", 0.8), ("kontext_max_mode", True)),
            images=(PNG,),
            mask=MASK,
        ),
    ),
    "nanogpt-edits-links-no-model": Sent(
        route=Route.EDITS,
        order=WireOrder(prompt="Remove the background", images=(PNG, LINK, "data:image/jpeg;base64,/9j/4HNlY29uZA==")),
    ),
    "nanogpt-edits-json-mask": Sent(
        profile=profile_of("nanogpt", body="json"),
        route=Route.EDITS,
        order=WireOrder(model="gpt-image-1", prompt="Remove the background", images=(PNG,), mask=MASK),
    ),
    "nanogpt-edits-json-several-pictures": Sent(
        profile=profile_of("nanogpt", body="json", auth="x-api-key"),
        route=Route.EDITS,
        order=WireOrder(model="gpt-image-1", prompt=PRODUCT, count=1, size="1024x1024", images=(PNG, JPEG)),
    ),
}
_NANO_IMAGES: Mapping[str, Sent] = {
    "nanogpt-images-text": Sent(
        profile=profile_of("nanogpt", auth="x-api-key"),
        route=Route.IMAGES,
        order=WireOrder(
            model="gpt-image-2",
            prompt="A clean product photo of a matte black espresso machine on a white counter",
            count=1,
            size="1024x1024",
            parameters=(("quality", "medium"),),
        ),
    ),
    "nanogpt-images-references": Sent(
        route=Route.IMAGES,
        order=WireOrder(
            model="gpt-image-2", prompt=STUDIO, size="1024*1024", images=(PNG, "https://example.com/image.png")
        ),
    ),
    "nanogpt-images-reference-objects": Sent(
        profile=profile_of("nanogpt", reference_form="object"),
        route=Route.IMAGES,
        order=WireOrder(
            model="gpt-image-2",
            prompt=STUDIO,
            count=1,
            size="1024x1024",
            parameters=(("quality", "medium"),),
            images=(LINK, PNG),
        ),
    ),
    "nanogpt-images-all-fields": Sent(
        profile=profile_of("nanogpt", "https://api.nano-gpt.com"),
        route=Route.IMAGES,
        order=WireOrder(
            model="bytedance/seedream-v5.0-pro",
            prompt='She said "no"\nand left',
            count=2,
            seed=0,
            size="2k",
            parameters=(("aspect_ratio", "16:9"), ("quality", "auto"), ("output_format", "webp")),
        ),
    ),
}
_SUNSET = WireOrder(model="hidream", prompt="A sunset over a mountain range", count=1, size="1024x1024")
_NANO_GENERATIONS: Mapping[str, Sent] = {
    "nanogpt-generations-text": Sent(route=Route.GENERATIONS, order=_SUNSET),
    "nanogpt-generations-text-url": Sent(
        profile=profile_of("nanogpt", "https://api.nano-gpt.com/api/v1/", response_format="url"),
        route=Route.GENERATIONS,
        order=_SUNSET,
    ),
    "nanogpt-generations-one-picture": Sent(
        route=Route.GENERATIONS,
        order=WireOrder(
            model="flux-kontext",
            prompt="Transform to cyberpunk style",
            count=1,
            seed=42,
            size="1024x1024",
            parameters=(
                ("strength", 0.8),
                ("guidance_scale", 7.5),
                ("num_inference_steps", 30),
                ("negative_prompt", "rain"),
                ("kontext_max_mode", True),
            ),
            images=(JPEG,),
        ),
    ),
    "nanogpt-generations-several-pictures": Sent(
        profile=profile_of("nanogpt", response_format="none"),
        route=Route.GENERATIONS,
        order=WireOrder(
            model="gpt-4o-image",
            prompt="Combine these images into a creative collage",
            count=1,
            size="1024x1024",
            images=(JPEG, PNG),
        ),
    ),
    "nanogpt-generations-mask": Sent(
        route=Route.GENERATIONS,
        order=WireOrder(model="flux-lora/inpainting", prompt="a wooden bench", images=(PNG,), mask=MASK),
    ),
}
_SKY = "Make the sky more dramatic"
_NAGA: Mapping[str, Sent] = {
    "naga-edits-one-picture": Sent(
        profile=profile_of("naga", response_format="url"),
        route=Route.EDITS,
        order=WireOrder(
            model="gpt-image-1", prompt=f"{_SKY} and add light rays", count=1, size="1024x1024", images=(PNG,)
        ),
    ),
    "naga-edits-several-pictures": Sent(
        profile=profile_of("naga"),
        route=Route.EDITS,
        order=WireOrder(model="gpt-image-1", prompt=_SKY, images=(JPEG, PNG)),
    ),
    "naga-edits-mask": Sent(
        profile=profile_of("naga", "https://api.naga.ac", image_field="image[]", response_format="none"),
        route=Route.EDITS,
        order=WireOrder(
            model="gpt-image-1",
            prompt=_SKY,
            count=3,
            parameters=(("background", "transparent"), ("quality", "high")),
            images=(PNG, JPEG),
            mask=MASK,
        ),
    ),
    "naga-generations": Sent(
        profile=profile_of("naga"),
        route=Route.GENERATIONS,
        order=WireOrder(
            model="flux-1-schnell:free",
            prompt="A lighthouse",
            count=1,
            size="1024x1024",
            parameters=(("quality", "high"),),
        ),
    ),
}
OWN = "http://127.0.0.1:8000"
_OPENAI: Mapping[str, Sent] = {
    "openai-edits-one-picture": Sent(
        profile=profile_of("openai", "https://api.openai.com/v1", response_format="url"),
        route=Route.EDITS,
        order=WireOrder(
            model="gpt-image-1.5",
            prompt="A red door",
            count=1,
            size="1536x1024",
            parameters=(
                ("quality", "high"),
                ("background", "transparent"),
                ("output_format", "webp"),
                ("output_compression", 90),
                ("input_fidelity", "high"),
            ),
            images=(PNG,),
        ),
    ),
    "openai-edits-several-pictures-mask": Sent(
        profile=profile_of("openai", "https://GPU.example:8443/openai/v1/images/edits"),
        route=Route.EDITS,
        order=WireOrder(prompt="A red door", images=(PNG, JPEG), mask=MASK),
    ),
    "openai-edits-json": Sent(
        profile=profile_of("openai", OWN, auth="x-api-key"),
        route=Route.EDITS,
        order=WireOrder(model="gpt-image-2", prompt="A red door", images=(PNG, LINK), mask=MASK),
    ),
    "openai-generations": Sent(
        profile=profile_of("openai", OWN),
        route=Route.GENERATIONS,
        order=WireOrder(
            model="gpt-image-2",
            prompt="A red door",
            count=10,
            size="2048x1152",
            parameters=(
                ("quality", "medium"),
                ("moderation", "low"),
                ("output_format", "jpeg"),
                ("output_compression", 80),
            ),
        ),
    ),
    "openai-generations-url": Sent(
        profile=profile_of("openai", "127.0.0.1:8000/v1", response_format="url"),
        route=Route.GENERATIONS,
        order=WireOrder(model="stable-diffusion-xl", prompt="A red door", seed=7),
    ),
}
ORDERS: Mapping[str, Sent] = {**_NANO_EDITS, **_NANO_IMAGES, **_NANO_GENERATIONS, **_NAGA, **_OPENAI}


def questions() -> Mapping[str, tuple[ProviderProfile, Message | None]]:
    """The free requests, by the names of their golden files."""
    nano, naga = profile_of("nanogpt"), profile_of("naga")
    own = profile_of("openai", "http://[::1]:4000/api/v1/")
    by_header = profile_of("nanogpt", auth="x-api-key")
    models, image_models = discovery.models_messages(nano)
    path = discovery.endpoints_path(ModelId("bytedance/seedream-v5.0-pro"))
    return {
        "nanogpt-discovery-models": (nano, models),
        "nanogpt-discovery-image-models": (nano, image_models),
        "nanogpt-discovery-endpoints": (nano, discovery.endpoints_message(nano, path)),
        "nanogpt-account-balance": (by_header, account.balance_message(by_header)),
        "nanogpt-account-usage": (nano, account.usage_message(nano, "req_0a1b")),
        "naga-models": (naga, discovery.models_messages(naga)[0]),
        "openai-models": (own, discovery.models_messages(own)[0]),
    }
