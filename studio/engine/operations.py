"""What the local engine offers, as models of the provider `local`: what each can take and what it cannot do.

Needs no numpy. `dispatch.run` carries them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.capabilities import Capabilities, MaskUse, Model, Parameter, ParameterKind
from studio.domain.ids import LOCAL, ModelId
from studio.domain.request import Outcome
from studio.engine.scores import SCORES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.engine.scores import Score

FILES: Mapping[str, str] = {"select": "u2netp.onnx", "cutout": "u2netp.onnx", "upscale": "w2x_photo.onnx"}
"""The file without which an operation does less than it says, and so is not offered. The rest needs none."""

_QUALITY = Parameter(
    name="quality",
    label="Quality",
    kind=ParameterKind.CHOICE,
    values=("fast", "normal", "best"),
    default="normal",
    help="How closely the surroundings are compared. Best takes about three times as long as normal.",
)


def _margin(name: str, label: str) -> Parameter:
    return Parameter(
        name=name,
        label=label,
        kind=ParameterKind.INTEGER,
        minimum=0,
        maximum=4096,
        default=0,
        unit="px",
        help=f"How far the picture goes on at the {name}.",
    )


_REMOVE = Model(
    id=ModelId("remove"),
    provider=LOCAL,
    name="Remove and fill",
    note=(
        "Removes what is masked and fills it from its surroundings. Good on texture, sky, foliage, walls and water, "
        "fair on straight structure; it cannot invent faces, text or new things, and reads no prompt."
    ),
    capabilities=Capabilities(
        outcome=Outcome.PASTE,
        reads_prompt=False,
        mask=MaskUse.REQUIRED,
        max_count=8,
        takes_seed=True,
        parameters=(_QUALITY,),
        best_side=1800,
    ),
    free=True,
)

_EXTEND = Model(
    id=ModelId("extend"),
    provider=LOCAL,
    name="Extend canvas",
    note=(
        "Makes the picture go on beyond its edges with what is there already. Good on landscapes and walls; it adds no "
        "new things and does not complete what is cut off."
    ),
    capabilities=Capabilities(
        outcome=Outcome.CANVAS,
        reads_prompt=False,
        max_count=8,
        takes_seed=True,
        mask=MaskUse.OPTIONAL,
        parameters=(
            _margin("left", "Left"),
            _margin("top", "Top"),
            _margin("right", "Right"),
            _margin("bottom", "Bottom"),
            _QUALITY,
        ),
    ),
    free=True,
)

_SELECT = Model(
    id=ModelId("select"),
    provider=LOCAL,
    name="Select object",
    note=(
        "Selects the thing under a click, or the subject in a painted box. One click has several meanings to choose "
        "from; thin branches, hair and things without a clear outline need the brush."
    ),
    capabilities=Capabilities(
        outcome=Outcome.MASK,
        reads_prompt=False,
        mask=MaskUse.OPTIONAL,
        max_count=5,
        parameters=(
            Parameter(
                name="clicks",
                label="Clicks",
                kind=ParameterKind.TEXT,
                default="",
                help="Places in the picture as x,y in pixels, with a minus before what to take away: 420,310 -500,80.",
            ),
        ),
    ),
    free=True,
)

_CUTOUT = Model(
    id=ModelId("cutout"),
    provider=LOCAL,
    name="Cut out subject",
    note=(
        "Frees the subject, or what is masked, from its background as a layer of its own. Outlines are good, hair and "
        "fur are fair, glass stays opaque."
    ),
    capabilities=Capabilities(
        outcome=Outcome.LAYER,
        reads_prompt=False,
        mask=MaskUse.OPTIONAL,
        parameters=(
            Parameter(
                name="subject",
                label="Subject",
                kind=ParameterKind.CHOICE,
                values=("auto", "thing", "people"),
                default="auto",
                help="What to look for where nothing is masked.",
            ),
        ),
    ),
    free=True,
)

_UPSCALE = Model(
    id=ModelId("upscale"),
    provider=LOCAL,
    name="Upscale",
    note="Enlarges photographs more clearly than resampling does. It sharpens what is there and invents no detail.",
    capabilities=Capabilities(
        outcome=Outcome.PICTURE,
        reads_prompt=False,
        parameters=(
            Parameter(
                name="factor",
                label="Factor",
                kind=ParameterKind.NUMBER,
                minimum=1.1,
                maximum=4.0,
                default=2.0,
                unit="x",
                help="How many times as wide and as high.",
            ),
        ),
    ),
    free=True,
)

OPERATIONS: tuple[Model, ...] = (_REMOVE, _EXTEND, _SELECT, _CUTOUT, _UPSCALE)
"""Everything there is, advertised or not, in the order in which it is shown."""


def advertised(folder: Path, scores: Mapping[str, Score] = SCORES) -> tuple[Model, ...]:
    """What may be offered: the score reaches its threshold, and the model file that it needs lies in the folder."""
    return tuple(
        model
        for model in OPERATIONS
        if scores[model.id].passes and (model.id not in FILES or (folder / FILES[model.id]).is_file())
    )
