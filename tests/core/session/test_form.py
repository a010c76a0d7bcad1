"""The form for models that are elsewhere: which one is meant, what it takes, what it will cost, what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Capabilities, MaskUse, Model, Parameter, ParameterKind, Price, ProviderInfo
from studio.domain.geometry import Size
from studio.domain.ids import LOCAL, BlobId, ModelId, ProviderId
from studio.domain.problems import UsageError
from studio.domain.request import EditRequest, Outcome
from studio.session.form import Form, Situation, TrayPicture, moved, switched
from studio.session.formdesk import FormDesk
from studio.session.tasks import Tasks
from studio.session.timing import Kind
from studio.storage.blobs import BlobStore
from studio.storage.user_files import UserFiles
from tests.fakes.journal import MemoryBlobs
from tests.fakes.offload import AtOnce

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.request import ParameterValue
    from tests.core.session.window import Window, Work

NANO, OWN = ProviderId("nano"), ProviderId("own")
PROVIDERS = (ProviderInfo(id=LOCAL, name="This computer", local=True), ProviderInfo(id=NANO, name="NanoGPT"))
STRENGTH = Parameter(name="strength", label="Strength", kind=ParameterKind.NUMBER, minimum=0.0, maximum=1.0)
SIZE = Parameter(name="size", label="Size", kind=ParameterKind.CHOICE, values=("1K", "2K"))
FLAG = Parameter(name="max_mode", label="Max mode", kind=ParameterKind.FLAG)
LOCAL_MODEL = Model(id=ModelId("remove"), provider=LOCAL, name="Remove", free=True)
MODEL = Model(
    id=ModelId("one"),
    provider=NANO,
    name="One",
    price=Price(amount="0.02"),
    capabilities=Capabilities(
        text_to_image=True,
        needs_base=False,
        mask=MaskUse.OPTIONAL,
        max_references=2,
        max_count=4,
        needs_prompt=True,
        parameters=(STRENGTH, SIZE, FLAG),
    ),
)


def form(*models: Model, chosen: Model = MODEL) -> Form:
    """One that offers these beside the local model, `chosen` of them chosen, and a prompt typed."""
    found = Form(1)
    found.offer(PROVIDERS, (LOCAL_MODEL, *(models or (MODEL,))), chosen.id, chosen.provider)
    found.set_prompt("a red fox")
    return found


def with_takes(**changes: object) -> Model:
    return replace(MODEL, capabilities=replace(MODEL.capabilities, **changes))


def tray(*names: str) -> tuple[TrayPicture, ...]:
    return tuple(TrayPicture(id=name, name=name, blob=BlobId(name)) for name in names)


class TestIdentity:
    """A model is its provider and its id."""

    def test_the_same_id_at_two_providers_is_two_models_with_values_of_their_own(self) -> None:
        other = replace(MODEL, provider=OWN)
        at = form(MODEL, other)
        at.set_parameter("strength", 0.5)
        at.set_model(MODEL.id, OWN)
        assert at.model == other
        assert at.value("strength") is None
        at.set_parameter("strength", 0.9)
        at.set_model(MODEL.id, NANO)
        assert at.value("strength") == 0.5
        assert at.values_of(other) == (("strength", 0.9),)

    def test_the_choice_stays_through_a_new_offer_and_is_given_up_with_its_provider(self) -> None:
        at = form()
        renamed = replace(MODEL, name="One, renewed")
        at.offer(PROVIDERS, (LOCAL_MODEL, renamed), None)
        assert at.model == renamed
        at.offer(PROVIDERS[:1], (LOCAL_MODEL,), None)
        assert at.model == LOCAL_MODEL

    def test_a_model_typed_by_hand_stays_though_no_list_names_it(self) -> None:
        at = form()
        typed = replace(MODEL, id=ModelId("typed"))
        at.choose(typed)
        at.offer(PROVIDERS, (LOCAL_MODEL, MODEL), None)
        assert at.model == typed

    def test_the_choice_of_the_last_run_of_the_program_is_found_by_provider(self) -> None:
        other = replace(MODEL, provider=OWN)
        at = Form(1)
        at.offer(PROVIDERS, (MODEL, other), MODEL.id, OWN)
        assert at.model == other

    def test_an_earlier_order_is_restored_to_its_own_provider(self) -> None:
        other = replace(MODEL, provider=OWN)
        at = form(MODEL, other)
        at.restore(
            EditRequest(provider=OWN, model=MODEL.id, prompt="a cat", parameters=(("size", "2K"),), count=3, seed=7)
        )
        assert (at.model, at.prompt, at.count, at.seed, at.values()) == (other, "a cat", 3, 7, (("size", "2K"),))


class TestParameters:
    """The form of whatever record the server sent."""

    @pytest.mark.parametrize(
        ("name", "given", "kept"),
        [("strength", "0.25", 0.25), ("strength", 1, 1.0), ("size", "2K", "2K"), ("max_mode", "on", True)],
    )
    def test_values_are_kept_in_their_kind(self, name: str, given: str | float, kept: object) -> None:
        at = form()
        at.set_parameter(name, given)
        assert at.value(name) == kept
        at.set_parameter(name, None)
        assert at.values() == ()

    @pytest.mark.parametrize(
        ("name", "given", "allowed"),
        [
            ("strength", "much", "a number from 0 to 1"),
            ("strength", "1.5", "a number from 0 to 1"),
            ("strength", "nan", "a number from 0 to 1"),
            ("size", "4K", "one of 1K, 2K"),
            ("max_mode", "perhaps", "yes or no"),
            ("colour", "red", "strength, size, max_mode"),
        ],
    )
    def test_what_does_not_fit_is_refused_with_what_would(self, name: str, given: str, allowed: str) -> None:
        at = form()
        with pytest.raises(UsageError) as caught:
            at.set_parameter(name, given)
        assert allowed in caught.value.problem.next
        assert at.values() == ()


class TestMoney:
    """The price beside Run, and the balance beside it."""

    def test_it_follows_count_and_size(self) -> None:
        priced = replace(MODEL, price=None, prices=(("1K", Price(amount="0.02")), ("2K", Price(amount="0.05"))))
        at = form(priced)
        assert at.view().run.price is None
        at.set_parameter("size", "2K")
        at.set_count(3)
        assert at.view().run.price == Price(amount="0.15")
        at.set_count(9)
        assert at.view().count == 4
        assert at.view().run.price == Price(amount="0.2")

    def test_a_count_that_is_fixed_is_shown_and_charged(self) -> None:
        at = form(with_takes(fixed_count=4, max_count=4))
        assert (at.view().count, at.view().run.price) == (4, Price(amount="0.08"))
        assert "This model always makes 4 pictures, and they are charged." in at.view().notes

    def test_an_unknown_price_is_not_free(self) -> None:
        run = form(replace(MODEL, price=None)).view().run
        assert (run.price, run.free) == (None, False)
        assert form(chosen=LOCAL_MODEL).view().run.free is True

    def test_the_balance_is_that_of_the_chosen_models_provider(self) -> None:
        at = form()
        at.set_balances({NANO: Price(amount="12.5"), OWN: Price(amount="1")})
        assert at.view().balance == Price(amount="12.5")
        at.choose(LOCAL_MODEL)
        assert at.view().balance is None


class TestRun:
    """What stands in the way of a run, and what is said before it."""

    def test_with_nothing_open_a_remote_model_runs_on_words_alone(self) -> None:
        at = form()
        assert at.runs_alone()
        assert (at.view().run.enabled, at.view().run.reason) == (True, "")
        at.choose(LOCAL_MODEL)
        assert not at.runs_alone()
        assert at.view().run.reason == "Open a picture first"

    def test_a_model_that_edits_takes_a_reference_where_nothing_is_open(self) -> None:
        at = form(with_takes(needs_base=True, text_to_image=False))
        assert at.missing() == "Open a picture first"
        at.set_references(tray("a"))
        assert (at.missing(), at.runs_alone()) == ("", True)
        at.set_references(switched(at.references, "a", enabled=False))
        assert at.missing() == "Open a picture first"

    @pytest.mark.parametrize("prompt", ["", "   ", "\n"])
    def test_a_model_that_needs_words_says_so(self, prompt: str) -> None:
        at = form()
        at.set_prompt(prompt)
        assert at.view().run.reason == "Write what you want to see"
        assert form(with_takes(needs_prompt=False)).missing() == ""

    def test_the_tray_is_limited_by_what_is_switched_on(self) -> None:
        at = form()
        at.set_references(tray("a", "b", "c"))
        assert at.missing() == "Switch references off: this model takes 2"
        at.set_references(switched(at.references, "b", enabled=False))
        assert at.missing() == ""
        assert form(with_takes(min_references=2)).missing() == "Add references: this model needs 2"

    def test_the_tray_keeps_its_order(self) -> None:
        at = form()
        at.set_references(moved(tray("a", "b", "c"), "c", 0))
        assert [row.name for row in at.view().references] == ["c", "a", "b"]
        assert [each.id for each in moved(at.references, "c", 99)] == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("masked", "reason"),
        [(0.0, "Paint over what should change"), (1.0, "Leave some of the picture unpainted"), (0.5, "")],
    )
    def test_a_mask_that_is_required_is_asked_for(self, masked: float, reason: str) -> None:
        at = form(with_takes(mask=MaskUse.REQUIRED))
        at.situate(Situation(has_document=True, masked=masked))
        assert at.missing() == reason

    def test_what_one_would_not_guess_is_said_before_the_run(self) -> None:
        at = form(with_takes(mask=MaskUse.NONE, needs_base=True))
        assert at.view().notes == ()
        at.situate(Situation(has_document=True, masked=0.3))
        (note,) = at.view().notes
        assert "reads no mask" in note
        anew = form(with_takes(outcome=Outcome.PICTURE))
        assert anew.view().notes == ("This model makes new pictures. What is open is not sent.",)
        anew.choose(LOCAL_MODEL)
        assert anew.view().notes == ()


class TestTime:
    """How long it takes is asked for by what would run, and told again when that is known better."""

    def test_it_follows_model_count_and_size(self) -> None:
        asked: list[Kind] = []

        def expected(kind: Kind) -> None:
            asked.append(kind)

        found = Form(1, expected)
        found.offer(PROVIDERS, (MODEL,), MODEL.id, NANO)
        found.set_count(3)
        found.set_parameter("size", "2K")
        found.situate(Situation(has_document=True, sent=Size(width=8, height=6)))
        last = Kind(provider=NANO, model=MODEL.id, count=3, size="2K", sent=Size(width=8, height=6))
        assert asked[-1] == last

    def test_a_better_knowledge_is_told_and_an_equal_one_is_not(self) -> None:
        known: list[tuple[float, float] | None] = [None]
        found = Form(1, lambda _: known[-1])
        found.offer(PROVIDERS, (MODEL,), MODEL.id, NANO)
        told: list[tuple[float, float] | None] = []
        found.changed.connect(lambda view: told.append(view.run.expected))
        found.view()
        found.retime()
        known.append((20.0, 40.0))
        found.retime()
        found.retime()
        assert told == [(20.0, 40.0)]


class TestDesk:
    """What the window calls."""

    def test_a_value_is_set_before_the_call_ends_and_a_refused_one_is_told_and_not_shown(self, tmp_path: Path) -> None:
        found, told = form(), list[str]()
        desk = FormDesk(
            found,
            lambda _provider, _model: None,
            offload=AtOnce(),
            blobs=MemoryBlobs(),
            files=UserFiles(blobs=BlobStore(tmp_path), sample=tmp_path, handed_out=tmp_path),
            tasks=Tasks(lambda problem: told.append(problem.code)),
            refused=lambda: told.append("refused"),
            notice=lambda notice: told.append(notice.text),
        )
        desk.set_parameter("size", "2K")
        assert found.value("size") == "2K"
        shown: list[ParameterValue | None] = []
        found.changed.connect(lambda view: shown.append(dict(view.values).get("size")))
        desk.set_parameter("size", "9K")
        assert (told, shown) == (["refused", "bad-parameter"], ["2K"])

    def test_a_run_that_had_a_value_refused_does_not_go_with_the_one_of_before(self, work: Work) -> None:
        async def story(at: Window) -> None:
            at.mask()
            at.studio.form.set_parameter("size", "9x9")
            at.studio.perform("generate.run")
            await at.rest()
            assert at.jobs.orders == []
            assert [each.problem.code for each in at.notices if each.problem] == ["bad-parameter"]

        work(story)
