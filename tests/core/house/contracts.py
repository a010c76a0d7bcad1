"""Kinds of import contract that import-linter lacks: lists of what is allowed rather than of what is not.

Read by import-linter through `contract_types` in pyproject.toml. As both kinds look at direct imports and
name everything that is allowed, a chain can lead no further than its links do.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grimp import ImportGraph

_OURS = "studio"


def _inside(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def _places(graph: ImportGraph, importer: str, imported: str) -> list[str]:
    details = graph.get_import_details(importer=importer, imported=imported)
    lines = sorted({detail["line_number"] for detail in details})
    return [f"{importer}:{line} imports {imported}" for line in lines]


class _Allowing(Contract):
    """Shows the list of imports that `check` found outside the allowed ones."""

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["outside"]:
            output.print_error(line, bold=False)

    def _verdict(self, outside: list[str]) -> ContractCheck:
        return ContractCheck(kept=not outside, metadata={"outside": sorted(outside)})


class OnlyContract(_Allowing):
    """The packages `importers` import nothing of ours but themselves and the packages `allowed`."""

    type_name = "only"

    importers: Any = fields.ListField(subfield=fields.StringField())
    allowed: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        outside: list[str] = []
        for package in self.importers:
            members = [module for module in graph.modules if _inside(module, [package])]
            if not members:
                outside.append(f"{package} is named by the contract and does not exist")
            for importer in members:
                for imported in graph.find_modules_directly_imported_by(importer):
                    if _inside(imported, [_OURS]) and not _inside(imported, [package, *self.allowed]):
                        outside += _places(graph, importer, imported)
        return self._verdict(outside)


class GuestsContract(_Allowing):
    """Third-party packages stay in the rooms that `homes` gives them: `"numpy: studio.imaging"`, one a line.

    A package that is not in the list may be imported nowhere, one that nothing imports must leave the list.
    The standard library is everyone's.
    """

    type_name = "guests"

    homes: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        homes = {guest.strip(): rooms.split() for guest, rooms in (line.split(":") for line in self.homes)}
        guests = {module for module in graph.modules if not _inside(module, [_OURS])}
        outside = [f"nothing imports {guest}: take it off the list" for guest in homes.keys() - guests]
        for guest in guests - sys.stdlib_module_names:
            for importer in graph.find_modules_that_directly_import(guest):
                if not _inside(importer, homes.get(guest, [])):
                    outside += _places(graph, importer, guest)
        return self._verdict(outside)
