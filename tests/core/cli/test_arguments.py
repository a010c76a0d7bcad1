"""What command lines mean, and which are refused in a sentence."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from studio.cli.arguments import OVERVIEW, VERBS, asked_for, is_followed, wants_json
from studio.cli.asked import (
    Asked,
    Check,
    Doctor,
    Edit,
    Gallery,
    GalleryDo,
    GiveKey,
    Jobs,
    JobsDo,
    Models,
    Play,
    Project,
    Providers,
    SetUp,
    Verb,
    only_reads,
)
from studio.cli.grammar import GRAMMAR
from studio.cli.window import OpenWindow
from studio.domain.problems import UsageError
from studio.domain.version import VERSION
from studio.session.face.terminal import EditOrder, ProviderChange, ProviderDo


def verb(line: str) -> Verb:
    asked = asked_for(line.split())
    assert isinstance(asked, Asked)
    return asked.verb


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", OpenWindow()),
        ("a.png b.ora", OpenWindow(files=("a.png", "b.ora"))),
        ("--data-dir /d a.png", OpenWindow(files=("a.png",), data_dir="/d")),
        ("-- --odd.png", OpenWindow(files=("--odd.png",))),
        ("--demo", OpenWindow(demo=True)),
        ("./edit", OpenWindow(files=("./edit",))),
    ],
)
def test_without_a_verb_a_window_opens(line: str, wanted: OpenWindow) -> None:
    assert asked_for(line.split()) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("edit --image a.png", Edit(order=EditOrder(images=("a.png",)))),
        ("playground", Play()),
        ("playground --port 8080", Play(port=8080)),
        (
            "edit --prompt remove --image a.png --image b.png --mask m.png --mask-means white --provider p --model m"
            " --count 3 --size 1x1 --seed 7 --set a=1 --set b=x=y --frame whole --output out --large --no-wait",
            Edit(
                order=EditOrder(
                    prompt="remove",
                    images=("a.png", "b.png"),
                    mask="m.png",
                    mask_means="white",
                    provider="p",
                    model="m",
                    count=3,
                    size="1x1",
                    seed=7,
                    parameters=(("a", "1"), ("b", "x=y")),
                    frame="whole",
                    output="out",
                    large=True,
                    wait=False,
                )
            ),
        ),
        ("generate --prompt cat --provider p", Edit(order=EditOrder(prompt="cat", provider="p"))),
        ("models", Models()),
        ("models --provider local --refresh", Models(provider="local", refresh=True)),
        ("models --provider mine --key-file k", Models(provider="mine", key_file="k")),
        ("providers", Providers()),
        ("providers list", Providers()),
        ("providers key mine", GiveKey(provider="mine")),
        ("providers key mine --from-file -", GiveKey(provider="mine", file="-")),
        ("providers key --from-file k mine", GiveKey(provider="mine", file="k")),
        ("providers check mine --key-file k", Check(provider="mine", key_file="k")),
        ("providers remove mine", SetUp(change=ProviderChange(do=ProviderDo.REMOVE, id="mine"))),
        (
            "providers add --kind naga mine --set a=b --url https://x/v1 --set c==",
            SetUp(
                change=ProviderChange(
                    do=ProviderDo.ADD, id="mine", kind="naga", url="https://x/v1", settings=(("a", "b"), ("c", "="))
                )
            ),
        ),
        (
            "providers set mine route=edits mask=",
            SetUp(change=ProviderChange(do=ProviderDo.SET, id="mine", settings=(("route", "edits"), ("mask", "")))),
        ),
        ("jobs", Jobs()),
        ("jobs show 01", Jobs(do=JobsDo.SHOW, job="01")),
        ("jobs cancel 01", Jobs(do=JobsDo.CANCEL, job="01")),
        ("jobs resume", Jobs(do=JobsDo.RESUME)),
        ("jobs run --key-file k", Jobs(do=JobsDo.RUN, key_file="k")),
        ("gallery", Gallery()),
        ("gallery search red bottle", Gallery(do=GalleryDo.SEARCH, words="red bottle")),
        (
            "gallery export 01-0 02-1 --output out --format webp",
            Gallery(do=GalleryDo.EXPORT, ids=("01-0", "02-1"), folder="out", form="webp"),
        ),
        ("gallery trash 01-0", Gallery(do=GalleryDo.TRASH, ids=("01-0",))),
        ("gallery restore 01-0 02-0", Gallery(do=GalleryDo.RESTORE, ids=("01-0", "02-0"))),
        ("project info p.ora", Project(path="p.ora")),
        ("project flatten p.ora --output p.png", Project(path="p.ora", output="p.png")),
        ("doctor", Doctor()),
    ],
)
def test_verbs(line: str, wanted: Verb) -> None:
    assert verb(line) == wanted


@pytest.mark.parametrize(
    "line", ["--json --data-dir /d jobs", "jobs --data-dir /d --json", "--json jobs --data-dir /d"]
)
def test_global_options_may_stand_on_either_side(line: str) -> None:
    assert asked_for(line.split()) == Asked(verb=Jobs(), data_dir="/d", json=True)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("edit", "--image"),
        ("edit --image", "--image: expected one argument"),
        ("edit --image a.png --count 0", "--count: a whole number from 1 on is needed, not '0'."),
        ("edit --image a.png --seed x", "--seed: a whole number from 0 on is needed"),
        ("edit --image a.png --set strength", "NAME=VALUE"),
        ("edit --image a.png --frame half", "--frame"),
        ("edit --image a.png --mask-means black", "--mask-means"),
        ("edit --image a.png --imag b.png", "--imag"),
        ("edit a.png --image b.png", "a.png"),
        ("generate --provider p", "Generate needs --prompt."),
        ("generate --prompt cat", "The local engine makes no picture from a prompt alone"),
        ("providers add mine", "Providers add needs --kind."),
        ("providers add --kind naga", "Providers add needs a provider's ID."),
        ("providers add a b --kind naga", "Providers add takes one ID and nothing more."),
        ("providers list mine", "Providers list takes nothing more."),
        ("providers set mine", "Providers set needs NAME=VALUE."),
        ("providers set mine route", "NAME=VALUE is needed, not 'route'."),
        ("providers set mine --set route=edits", "--set goes with providers add."),
        ("providers remove", "Providers remove needs a provider's ID."),
        ("providers key mine sk-1", "Providers key takes one ID; the key is asked for, or read with --from-file FILE."),
        ("providers key mine --key-file k", "--key-file goes with providers check."),
        ("providers check mine --from-file k", "--from-file goes with providers key."),
        ("providers burn mine", "burn"),
        ("jobs show", "Jobs show needs a job's ID."),
        ("jobs list 01", "takes no ID"),
        ("jobs cancel 01 --key-file k", "--key-file"),
        ("jobs burn", "burn"),
        ("gallery export 01-0", "--output DIR"),
        ("gallery export --output d", "needs an ID"),
        ("gallery search", "needs words"),
        ("gallery list x", "takes nothing more"),
        ("gallery trash 01-0 --format png", "go with gallery export"),
        ("gallery export 01-0 --output d --format bmp", "bmp"),
        ("project info p.ora --output x", "only reads"),
        ("project flatten p.ora", "--output FILE"),
        ("project", "FILE"),
        ("doctor now", "now"),
        ("--jsn jobs", "--jsn"),
        ("--data-dir", "--data-dir"),
        ("a.png --data-dir /d", "--data-dir is no option here"),
        ("--demo jobs", "--demo"),
        ("edit --image a.png --count {x", "{x"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(line: str, reason: str) -> None:
    with pytest.raises(UsageError, match="bad-arguments") as caught:
        asked_for(line.split())
    assert reason in caught.value.problem.what
    assert caught.value.problem.what.endswith(".")


def test_help_and_version_are_texts() -> None:
    assert asked_for(["--help"]) == asked_for(["-h"]) == OVERVIEW
    assert asked_for(["--version"]) == f"overpaint {VERSION}\n"
    for name in VERBS:
        text = asked_for([name, "--help"])
        assert isinstance(text, str)
        assert text.startswith(f"usage: overpaint {name}")
        assert f"\n  {name} " in OVERVIEW


def test_the_version_is_the_project_files() -> None:
    assert tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == VERSION


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        ("models", True),
        ("providers", True),
        ("providers key mine", True),
        ("providers check mine", True),
        ("jobs", True),
        ("jobs show 01", True),
        ("gallery search x", True),
        ("gallery export 01-0 --output d", True),
        ("project info p.ora", True),
        ("doctor", True),
        ("edit --image a.png", False),
        ("providers add mine --kind naga", False),
        ("providers set mine route=edits", False),
        ("providers remove mine", False),
        ("jobs run", False),
        ("jobs resume", False),
        ("jobs cancel 01", False),
        ("gallery trash 01-0", False),
        ("gallery restore 01-0", False),
    ],
)
def test_reading_verbs_are_known(line: str, reads: bool) -> None:
    assert only_reads(verb(line)) is reads


@pytest.mark.parametrize(
    ("line", "followed"),
    [
        ("--json edit --nonsense", True),
        ("generate", True),
        ("--data-dir d jobs run x", True),
        ("jobs", False),
        ("", False),
    ],
)
def test_lines_that_cannot_be_understood_are_still_sorted(line: str, followed: bool) -> None:
    assert is_followed(line.split()) is followed
    assert wants_json(line.split()) is ("--json" in line)


def test_a_window_does_not_wait_for_what_only_verbs_need() -> None:
    script = (
        "import sys; from studio.cli.main import main; main(['a.png'], None);"
        "sys.exit(','.join({'asyncio', 'json', 'datetime', 'signal'} & set(sys.modules) - before) or 0)"
    )
    code = f"import sys; before = set(sys.modules); {script}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_verbs_that_are_told_apart_from_files_are_those_of_the_grammar() -> None:
    assert tuple(GRAMMAR) == VERBS


ODD = "caf\udce9"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("edit --image a.png --prompt {}", "--prompt"),
        ("edit --image a.png --model {}", "--model"),
        ("edit --image a.png --size {}", "--size"),
        ("edit --image a.png --set style={}", "--set"),
        ("edit --image a.png --image https://pictures.example/{}.png", "--image"),
        ("generate --prompt fox --provider {}", "--provider"),
        ("models --provider {}", "--provider"),
        ("jobs show {}", "what follows jobs"),
        ("jobs cancel {}", "what follows jobs"),
        ("gallery search red {}", "what follows gallery"),
        ("gallery trash {}", "what follows gallery"),
        ("gallery export {} --output d", "what follows gallery"),
        ("providers set mine auth={}", "what follows providers"),
        ("providers add mine --kind naga --url {}", "--url"),
    ],
)
def test_bytes_that_are_no_text_are_refused_where_text_is_meant(line: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        asked_for(line.format(ODD).split())
    said = caught.value.problem
    reason = f"{named[:1].upper()}{named[1:]} holds bytes that are no text in UTF-8."
    assert (said.code, said.what, said.cost) == ("bad-arguments", reason, "Nothing was sent.")


@pytest.mark.parametrize(
    "line",
    [
        "edit --image {} --mask {} --output {} --key-file {}",
        "project flatten {} --output {}",
        "gallery export 01-0 --output {}",
        "providers key mine --from-file {}",
        "--data-dir {} jobs",
        "jobs --data-dir {}",
    ],
)
def test_paths_may_hold_any_bytes(line: str) -> None:
    assert isinstance(asked_for(line.replace("{}", ODD).split()), Asked)
    assert asked_for([ODD]) == OpenWindow(files=(ODD,))
