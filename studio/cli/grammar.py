"""Each verb's own options, and what they come to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.cli.asked import Doctor, Edit, Gallery, GalleryDo, Jobs, JobsDo, Models, Play, Project, Verb
from studio.cli.grammar_providers import describe_providers, providers
from studio.cli.option_types import pair, whole
from studio.cli.parser import refusal
from studio.domain.ids import LOCAL
from studio.session.face.terminal import EditOrder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

FORMATS = ("png", "jpeg", "webp", "tiff", "avif")


def _describe_order(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--prompt", default="", metavar="TEXT", help="what to do; for local a word like remove")
    parser.add_argument("--provider", default=LOCAL, metavar="ID", help="who does it (default: local)")
    parser.add_argument("--model", metavar="ID", help="which model (default: by the prompt, or the provider's own)")
    parser.add_argument("--count", type=whole(1), default=1, metavar="N", help="how many variations (default: 1)")
    parser.add_argument("--size", metavar="SIZE", help="as the list of models gives it")
    parser.add_argument("--seed", type=whole(0), metavar="N", help="the same seed gives the same picture")
    parser.add_argument(
        "--set", type=pair, action="append", default=[], metavar="NAME=VALUE", help="set a parameter of the model"
    )
    parser.add_argument("--output", metavar="DIR", help="write the pictures there")
    parser.add_argument("--key-file", metavar="FILE", help="a key for this run alone, readable by you only")
    parser.add_argument("--no-wait", action="store_true", help="put the job into the queue and leave")


def _describe_edit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--image", action="append", required=True, metavar="FILE", help="the picture; further ones are references"
    )
    parser.add_argument("--mask", metavar="FILE", help="what may change, of the picture's size")
    parser.add_argument("--mask-means", choices=("white", "transparent"), help="what the mask marks (default: by file)")
    parser.add_argument("--frame", choices=("mask", "whole"), help="send a crop around the mask, or all of it")
    parser.add_argument("--large", action="store_true", help="accept more than 120 megapixels")
    _describe_order(parser)


def _edit(read: argparse.Namespace) -> Edit:
    images = tuple(read.image)
    what = replace(_order(read), images=images, mask=read.mask, mask_means=read.mask_means)
    return Edit(order=replace(what, frame=read.frame, large=read.large))


def _generate(read: argparse.Namespace) -> Edit:
    if not read.prompt.strip():
        raise refusal("generate needs --prompt")
    if read.provider == LOCAL:
        raise refusal("the local engine makes no picture from a prompt alone; generate needs a remote provider")
    return Edit(order=_order(read))


def _order(read: argparse.Namespace) -> EditOrder:
    return EditOrder(
        prompt=read.prompt,
        provider=read.provider,
        model=read.model,
        count=read.count,
        size=read.size,
        seed=read.seed,
        parameters=tuple(read.set),
        output=read.output,
        key_file=read.key_file,
        wait=not read.no_wait,
    )


def _describe_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--provider", metavar="ID", help="only those of this provider")
    parser.add_argument("--refresh", action="store_true", help="ask the providers again")
    parser.add_argument("--key-file", metavar="FILE", help="a key for this run alone, readable by you only")


def _models(read: argparse.Namespace) -> Models:
    return Models(provider=read.provider, refresh=read.refresh, key_file=read.key_file)


def _describe_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", nargs="?", default="list", choices=[do.value for do in JobsDo], help="(default: list)")
    parser.add_argument("job", nargs="?", default="", metavar="ID", help="the job to show or cancel")
    parser.add_argument("--key-file", metavar="FILE", help="a key for this run alone, readable by you only")


def _jobs(read: argparse.Namespace) -> Jobs:
    do = JobsDo(read.do)
    needs = do in (JobsDo.SHOW, JobsDo.CANCEL)
    if needs != bool(read.job):
        raise refusal(f"jobs {do.value} needs a job's ID" if needs else f"jobs {do.value} takes no ID")
    if read.key_file is not None and do not in (JobsDo.RUN, JobsDo.RESUME):
        raise refusal("--key-file goes with jobs run and jobs resume")
    return Jobs(do=do, job=read.job, key_file=read.key_file)


def _describe_gallery(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", nargs="?", default="list", choices=[do.value for do in GalleryDo], help="(default: list)")
    parser.add_argument("words", nargs="*", metavar="ID", help="words to search for, or IDs of pictures")
    parser.add_argument("--output", metavar="DIR", help="where to export to")
    parser.add_argument("--format", choices=FORMATS, help="what to export as (default: png)")


def _gallery(read: argparse.Namespace) -> Gallery:
    do = GalleryDo(read.do)
    if do is GalleryDo.LIST and read.words:
        raise refusal("gallery list takes nothing more")
    if do is not GalleryDo.LIST and not read.words:
        raise refusal("gallery search needs words" if do is GalleryDo.SEARCH else f"gallery {do.value} needs an ID")
    if do is GalleryDo.EXPORT and not read.output:
        raise refusal("gallery export needs --output DIR")
    if do is not GalleryDo.EXPORT and (read.output or read.format):
        raise refusal("--output and --format go with gallery export")
    if do is GalleryDo.SEARCH:
        return Gallery(do=do, words=" ".join(read.words))
    return Gallery(do=do, ids=tuple(read.words), folder=read.output or "", form=read.format or "png")


def _describe_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=("info", "flatten"))
    parser.add_argument("file", metavar="FILE", help="an OpenRaster project")
    parser.add_argument("--output", metavar="FILE", help="where to write the flattened picture")


def _project(read: argparse.Namespace) -> Project:
    if (read.do == "flatten") != (read.output is not None):
        raise refusal("project flatten needs --output FILE" if read.do == "flatten" else "project info only reads")
    return Project(path=read.file, output=read.output)


def _describe_playground(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=whole(0), default=0, metavar="N", help="(default: any that is free)")


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


GRAMMAR: Mapping[str, tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], Verb]]] = {
    "edit": (_describe_edit, _edit),
    "generate": (_describe_order, _generate),
    "models": (_describe_models, _models),
    "providers": (describe_providers, providers),
    "jobs": (_describe_jobs, _jobs),
    "gallery": (_describe_gallery, _gallery),
    "project": (_describe_project, _project),
    "playground": (_describe_playground, lambda read: Play(port=read.port)),
    "doctor": (_nothing, lambda _: Doctor()),
}
"""For each verb: what adds its options to a parser, and what makes it out of what was read."""
