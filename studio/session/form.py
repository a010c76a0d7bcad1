"""The form: prompt, model, its parameters, references, and what Run would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.capabilities import MaskUse, ParameterKind
from studio.domain.catalogue import trouble
from studio.domain.ids import LOCAL
from studio.domain.pricing import quote
from studio.domain.request import Outcome
from studio.domain.signal import Signal
from studio.session.face.views import FormView, ReferenceRow, RunView
from studio.session.timing import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.domain.capabilities import Model, Parameter, Price, ProviderInfo
    from studio.domain.geometry import Rect, Size
    from studio.domain.ids import BlobId, ModelId, ProviderId
    from studio.domain.pixels import Pixels
    from studio.domain.problems import Problem
    from studio.domain.request import EditRequest, ParameterValue


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPicture:
    """A picture of the reference tray: its bytes are a blob already."""

    id: str
    name: str
    blob: BlobId
    thumbnail: Pixels | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the form must know of the document to say whether Run can be pressed."""

    has_document: bool = False
    masked: float = 0.0
    running: bool = False
    frame: Rect | None = None
    frame_label: str = ""
    sent: Size | None = None
    """The size of what would go out, None where nothing of a picture would."""


class Form:
    """Holds what is typed and chosen; `view` is what is shown."""

    def __init__(self, count: int, expected: Callable[[Kind], tuple[float, float] | None] = lambda _: None) -> None:
        """`expected`: between how many seconds and how many a run of a kind takes, as far as that is known."""
        self.changed: Signal[FormView] = Signal()
        self.chosen: Signal[Model] = Signal()
        """A model was chosen by hand."""
        self._providers: tuple[ProviderInfo, ...] = ()
        self._models: tuple[Model, ...] = ()
        self._values: dict[tuple[ProviderId, ModelId], dict[str, ParameterValue]] = {}
        self._situation = Situation()
        self._problem: Problem | None = None
        self.model: Model | None = None
        self.prompt = ""
        self.count = count
        self.seed: int | None = None
        self.references: tuple[TrayPicture, ...] = ()
        self._balances: dict[ProviderId, Price] = {}
        self._expected = expected
        self._told: tuple[float, float] | None = None

    def offer(
        self,
        providers: Sequence[ProviderInfo],
        models: Sequence[Model],
        chosen: ModelId | None,
        provider: ProviderId | None = None,
    ) -> None:
        """What can be chosen from now on; the choice stays where it is still there."""
        self._providers, self._models = tuple(providers), tuple(models)
        wanted = (self.model.id, self.model.provider) if self.model else (chosen, provider)
        self.model = self.find(*wanted) or self._kept() or (self._models[0] if self._models else None)
        self._tell()

    def _kept(self) -> Model | None:
        """A model whose id was typed stays, though no catalogue names it, as long as its provider is there."""
        known = {each.id for each in self._providers}
        return self.model if self.model is not None and self.model.provider in known - {LOCAL} else None

    def find(self, model: ModelId | None, provider: ProviderId | None = None) -> Model | None:
        """The model of this id, of this provider where one is named; None where there is none."""
        return next((each for each in self._models if each.id == model and provider in (None, each.provider)), None)

    def situate(self, situation: Situation) -> None:
        """The document changed in a way that may matter to Run."""
        if situation != self._situation:
            self._situation = situation
            self._tell()

    def set_prompt(self, text: str) -> None:
        """Only the text; views keep their caret."""
        self.prompt = text
        self._problem = None
        self._tell()

    def set_model(self, model: ModelId, provider: ProviderId | None = None) -> None:
        """Choose a model; what was set for it before is there again."""
        self.choose(self.find(model, provider))

    def choose(self, model: Model | None) -> None:
        """Choose a model that may be in no catalogue: its id was typed."""
        if model is not None and model != self.model:
            self.model = model
            self._problem = None
            self._tell()
            self.chosen.emit(model)

    def set_parameter(self, name: str, value: ParameterValue | None) -> None:
        """Set a parameter of the chosen model, or unset it with None. Raises UsageError where it does not fit."""
        if self.model is None:
            return
        mine = self._values.setdefault((self.model.provider, self.model.id), {})
        if value is None:
            mine.pop(name, None)
        else:
            mine[name] = fitted(self._parameter(name), value)
        self._tell()

    def _parameter(self, name: str) -> Parameter:
        assert self.model is not None
        for parameter in self.model.capabilities.parameters:
            if parameter.name == name:
                return parameter
        names = ", ".join(each.name for each in self.model.capabilities.parameters) or "no parameters"
        raise trouble("bad-parameter", name=name, value="set", allowed=names)

    def set_count(self, count: int) -> None:
        """How many variations."""
        self.count = max(1, count)
        self._tell()

    def set_seed(self, seed: int | None) -> None:
        """None draws one."""
        self.seed = seed
        self._tell()

    def set_references(self, references: tuple[TrayPicture, ...]) -> None:
        """The tray anew, in its visible order."""
        self.references = references
        self._tell()

    def set_problem(self, problem: Problem | None) -> None:
        """Shown in place until something is changed."""
        self._problem = problem
        self._tell()

    def restore(self, request: EditRequest) -> None:
        """All that an earlier order said."""
        model = self.find(request.model, request.provider)
        if model is not None:
            self.model = model
            self._values[model.provider, model.id] = dict(request.parameters)
        self.prompt, self.count, self.seed = request.prompt, request.count, request.seed
        self._problem = None
        self._tell()

    def values(self) -> tuple[tuple[str, ParameterValue], ...]:
        """What is set for the chosen model."""
        return self.values_of(self.model) if self.model else ()

    def value(self, name: str) -> ParameterValue | None:
        """What is set for one parameter of the chosen model."""
        return dict(self.values()).get(name)

    def values_of(self, model: Model) -> tuple[tuple[str, ParameterValue], ...]:
        """What is set for a model, chosen or not."""
        return tuple(self._values.get((model.provider, model.id), {}).items())

    def effective_count(self) -> int:
        """Variations that the chosen model will make."""
        if self.model is None:
            return self.count
        return self.model.capabilities.fixed_count or min(self.count, self.model.capabilities.max_count)

    def view(self) -> FormView:
        """The form as it is shown."""
        return FormView(
            providers=self._providers,
            models=self._models,
            model=self.model,
            prompt=self.prompt,
            parameters=self.model.capabilities.parameters if self.model else (),
            values=self.values(),
            count=self.effective_count(),
            seed=self.seed,
            references=tuple(
                ReferenceRow(id=each.id, name=each.name, enabled=each.enabled, thumbnail=each.thumbnail)
                for each in self.references
            ),
            run=self._run_view(),
            frame=self._situation.frame,
            frame_label=self._situation.frame_label,
            problem=self._problem,
            notes=self._notes(),
            balance=self._balances.get(self.model.provider) if self.model else None,
        )

    def _run_view(self) -> RunView:
        if self.model is None:
            return RunView(reason="The engine is starting")
        reason = self.missing()
        found = quote(self.model, self.values(), self.effective_count())
        price = None if found is None else found.price
        self._told = self._takes()
        return RunView(enabled=not reason, reason=reason, price=price, free=self.model.free, expected=self._told)

    def _takes(self) -> tuple[float, float] | None:
        if self.model is None:
            return None
        kind = Kind(
            provider=self.model.provider,
            model=self.model.id,
            count=self.effective_count(),
            size=str(self.value("size") or ""),
            sent=self._situation.sent,
        )
        return self._expected(kind)

    def retime(self) -> None:
        """A job ended: how long the next one takes may be known better now."""
        if self._takes() != self._told:
            self._tell()

    def runs_alone(self) -> bool:
        """Whether the chosen model can make something while no picture is open."""
        if self.model is None or self.model.provider == LOCAL:
            return False
        return not self.model.capabilities.needs_base or any(each.enabled for each in self.references)

    def missing(self) -> str:
        """What stands in the way of a run, in a sentence; empty where nothing does."""
        takes = self.model.capabilities if self.model else None
        here, given = self._situation, sum(each.enabled for each in self.references)
        remote = self.model is not None and self.model.provider != LOCAL
        if takes is None or (takes.needs_base and not here.has_document and not (remote and given)):
            return "Open a picture first"
        if given > takes.max_references and remote:
            return f"Switch references off: this model takes {takes.max_references}"
        if given < takes.min_references:
            return f"Add references: this model needs {takes.min_references}"
        if takes.needs_prompt and not self.prompt.strip():
            return "Write what you want to see"
        if takes.mask is MaskUse.REQUIRED and here.masked == 0.0:
            return "Paint over what should change"
        if takes.mask is MaskUse.REQUIRED and here.masked >= 1.0:
            return "Leave some of the picture unpainted"
        return ""

    def _notes(self) -> tuple[str, ...]:
        """What will be done with the order that one would not guess."""
        if self.model is None or self.model.provider == LOCAL:
            return ()
        takes, here = self.model.capabilities, self._situation
        notes: list[str] = []
        if takes.outcome is Outcome.PICTURE and not takes.needs_base:
            notes.append("This model makes new pictures. What is open is not sent.")
        elif takes.mask is MaskUse.NONE and here.masked:
            notes.append("This model reads no mask. The frame is sent, and the answer is pasted under your mask.")
        if takes.fixed_count is not None:
            notes.append(f"This model always makes {takes.fixed_count} pictures, and they are charged.")
        return tuple(notes)

    def set_balances(self, balances: Mapping[ProviderId, Price]) -> None:
        """What the providers' accounts have left, as last told."""
        self._balances = dict(balances)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.view())


def fitted(parameter: Parameter, value: ParameterValue) -> ParameterValue:
    """The value in the parameter's kind and bounds. Raises UsageError (bad-parameter)."""
    if parameter.kind is ParameterKind.CHOICE:
        if str(value) not in parameter.values:
            raise _unfit(parameter, value, "one of " + ", ".join(parameter.values))
        return str(value)
    if parameter.kind is ParameterKind.FLAG:
        return _flag(parameter, value)
    if parameter.kind is ParameterKind.TEXT:
        return str(value)
    return _number(parameter, value)


def _flag(parameter: Parameter, value: ParameterValue) -> bool:
    if isinstance(value, bool):
        return value
    texts = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if str(value).lower() not in texts:
        raise _unfit(parameter, value, "yes or no")
    return texts[str(value).lower()]


def _number(parameter: Parameter, value: ParameterValue) -> int | float:
    low, high = parameter.minimum, parameter.maximum
    whole = parameter.kind is ParameterKind.INTEGER
    allowed = "a whole number" if whole else "a number"
    if low is not None and high is not None:
        allowed += f" from {low:g} to {high:g}"
    try:
        number: int | float = int(value) if whole else float(value)
    except ValueError as error:
        raise _unfit(parameter, value, allowed) from error
    if not ((low is None or number >= low) and (high is None or number <= high)):
        raise _unfit(parameter, value, allowed)
    return number


def _unfit(parameter: Parameter, value: ParameterValue, allowed: str) -> Exception:
    return trouble("bad-parameter", name=parameter.label or parameter.name, value=value, allowed=allowed)


def moved(references: tuple[TrayPicture, ...], reference: str, row: int) -> tuple[TrayPicture, ...]:
    """The tray with one picture at another place."""
    rest = [each for each in references if each.id != reference]
    mine = [each for each in references if each.id == reference]
    row = max(0, min(row, len(rest)))
    return tuple(rest[:row] + mine + rest[row:])


def switched(references: tuple[TrayPicture, ...], reference: str, *, enabled: bool) -> tuple[TrayPicture, ...]:
    """The tray with one picture on or off."""
    return tuple(replace(each, enabled=enabled) if each.id == reference else each for each in references)
