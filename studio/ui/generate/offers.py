"""The rows of the model list: the local engine's first, then each provider's under its name, then what can be added."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from studio.domain.ids import LOCAL
from studio.ui.generate.words import badges, price_words
from studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from studio.domain.capabilities import Model, ProviderInfo
    from studio.session.face.views import FormView

OFFER = Qt.ItemDataRole.UserRole


class Kind(Enum):
    """What a row is for."""

    HEADING = "heading"
    MODEL = "model"
    TYPED = "typed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One row. `provider` and `model` are ids; `hay` is what is searched, in small letters; `source` the model itself,
    whose words are made when they are shown: that of thousands is few."""

    kind: Kind
    title: str
    note: str = ""
    source: Model | None = None
    provider: str = ""
    model: str = ""
    hay: str = ""

    @property
    def badges(self) -> tuple[str, ...]:
        """What it takes."""
        return () if self.source is None else tuple(badges(self.source))

    @property
    def price(self) -> str:
        """What one picture costs."""
        if self.source is not None:
            return price_words(self.source)
        return tr("price unknown") if self.kind is Kind.TYPED else ""

    @property
    def spoken(self) -> str:
        """All of it, for who cannot see it."""
        return ", ".join(part for part in (self.title, self.price, *self.badges, self.note) if part)


class Offers(QAbstractListModel):
    """What is listed for some words. Thousands of models are read once and filtered as text."""

    def __init__(self, view: FormView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._known: dict[str, list[Offer]] = {}
        names = {each.id: each.name for each in view.providers}
        for model in view.models:
            provider = names.get(model.provider, str(model.provider))
            self._known.setdefault(str(model.provider), []).append(_offer(model, provider))
        self._rows: list[Offer] = []
        self.search("")

    def search(self, words: str) -> None:
        """List the models in whose name, id, note or provider all words occur, those named so first."""
        self.beginResetModel()
        wanted = words.lower().split()
        self._rows = []
        for provider in sorted(self._view.providers, key=lambda each: not each.local):
            self._list(provider, wanted, words.strip())
        typed = words.strip()
        if typed:
            self._rows += [row for each in self._remote() if (row := self._typed(each, typed)) is not None]
        else:
            self._rows.append(self._adding())
        self.endResetModel()

    def offer(self, row: int) -> Offer:
        """The row at this place."""
        return self._rows[row]

    def offers(self) -> list[Offer]:
        """All rows, as they are listed."""
        return list(self._rows)

    def place(self, provider: str, model: str) -> int:
        """The row of a model, else the first that can be taken; -1 where there is none."""
        for row, each in enumerate(self._rows):
            if each.kind is Kind.MODEL and (each.provider, each.model) == (provider, model):
                return row
        return self.next(-1, 1)

    def next(self, row: int, step: int) -> int:
        """The next row in a direction that can be taken; the same one where there is none."""
        at = row + step
        while 0 <= at < len(self._rows):
            if self._rows[at].kind is not Kind.HEADING:
                return at
            at += step
        return row

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        offer = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return offer.title
            case Qt.ItemDataRole.ToolTipRole:
                return offer.note or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return offer.spoken
            case int(value) if value == OFFER:
                return offer
            case _:
                return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if self._rows[index.row()].kind is Kind.HEADING:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _list(self, provider: ProviderInfo, wanted: list[str], typed: str) -> None:
        known = self._known.get(str(provider.id), [])
        found = [each for each in known if all(word in each.hay for word in wanted)]
        if wanted:
            found.sort(key=lambda each: _rank(each, typed.lower()))
        if found:
            count = tr("{count} models", count=len(found)) if len(found) > 1 else tr("1 model")
            self._rows.append(Offer(kind=Kind.HEADING, title=provider.name, note=count))
            self._rows += found
        elif not known and not wanted and not provider.local:
            note = tr("It has listed no models yet. Paste a key, or type a model's id above.")
            self._rows.append(Offer(kind=Kind.HEADING, title=provider.name))
            self._rows.append(
                Offer(
                    kind=Kind.OPEN,
                    title=tr("Set up {provider}", provider=provider.name),
                    note=note,
                    provider=str(provider.id),
                )
            )

    def _typed(self, provider: ProviderInfo, typed: str) -> Offer | None:
        if any(each.model == typed for each in self._known.get(str(provider.id), [])):
            return None
        return Offer(
            kind=Kind.TYPED,
            title=tr("Use “{model}” of {provider}", model=typed, provider=provider.name),
            note=tr("No list names it: what it takes and costs is not known before it is asked."),
            provider=str(provider.id),
            model=typed,
        )

    def _adding(self) -> Offer:
        if self._remote():
            return Offer(kind=Kind.OPEN, title=tr("Providers and keys…"), note=tr("Add another, or look at a balance."))
        note = tr("NanoGPT, Naga or a server of your own, with a key of yours.")
        return Offer(kind=Kind.OPEN, title=tr("Add a provider"), note=note)

    def _remote(self) -> list[ProviderInfo]:
        return [each for each in self._view.providers if not each.local and each.id != LOCAL]


def _offer(model: Model, provider: str) -> Offer:
    return Offer(
        kind=Kind.MODEL,
        title=model.name,
        note=model.note,
        source=model,
        provider=str(model.provider),
        model=str(model.id),
        hay=f"{model.name}\n{model.id}\n{provider}\n{model.note}".lower(),
    )


def _rank(offer: Offer, typed: str) -> int:
    name = offer.title.lower()
    if name.startswith(typed) or offer.model.lower().startswith(typed):
        return 0
    return 1 if typed in name or typed in offer.model.lower() else 2
