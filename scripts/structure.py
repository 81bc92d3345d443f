"""Print what the source tree looks like: sizes of files and folders, fragments, and import contracts.

Run: python scripts/structure.py [--fragments] [PACKAGE]
"""

import argparse
import ast
import statistics
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FRAGMENT_LINES = 80
LARGEST = 8


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file. `name` is dotted; that of an `__init__.py` is its folder's."""

    name: str
    path: Path
    text: str

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return len(self.text.splitlines())

    @property
    def folder(self) -> str:
        """The dotted name of the folder that holds the file."""
        return ".".join(self.path.parent.parts)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A file of at most 80 lines whose only importer is a file of the same folder."""

    module: Module
    importer: Module


def read_modules(root: Path) -> dict[str, Module]:
    """Every module below the package folder `root`, a relative path, by its dotted name."""
    modules: dict[str, Module] = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.parts[:-1] if path.name == "__init__.py" else path.with_suffix("").parts
        modules[".".join(parts)] = Module(".".join(parts), path, path.read_text("utf-8"))
    return modules


def find_importers(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    """For each module the names of those that import it. Imports inside functions count too."""
    importers: dict[str, set[str]] = defaultdict(set)
    for module in modules.values():
        for imported in _imported_names(module):
            # `from a.b import c` imports the module a.b.c if there is one, and else a.b.
            found = imported if imported in modules else imported.rpartition(".")[0]
            if found in modules:
                importers[found].add(module.name)
    return importers


def _imported_names(module: Module) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_fragments(modules: Mapping[str, Module]) -> list[Fragment]:
    """All fragments, except migrations, which are small and alone by their nature."""
    importers = find_importers(modules)
    fragments: list[Fragment] = []
    for module in modules.values():
        if module.path.name == "__init__.py" or "migrations" in module.path.parts or module.lines > FRAGMENT_LINES:
            continue
        if len(importers[module.name]) == 1:
            (importer,) = (modules[name] for name in importers[module.name])
            if importer.folder == module.folder:
                fragments.append(Fragment(module, importer))
    return fragments


def contract_names(pyproject: Path) -> list[str]:
    """The names of import-linter's contracts, which `make check` checks."""
    with pyproject.open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return [contract["name"] for contract in contracts]


def main() -> None:
    """Print the report for a package of this project."""
    parser = argparse.ArgumentParser(description="Print what the source tree looks like.")
    parser.add_argument("package", nargs="?", default="buster_jobs", type=Path, help="Default: buster_jobs.")
    parser.add_argument("--fragments", action="store_true", help="List the fragments, each with its only importer.")
    arguments = parser.parse_args()
    modules = read_modules(arguments.package)
    if not modules:
        parser.error(f"There is no Python file below {arguments.package}: run this in the project's folder.")
    _print_sizes(modules)
    _print_fragments(find_fragments(modules), listed=arguments.fragments)
    _print_contracts(contract_names(Path("pyproject.toml")))


def _print_sizes(modules: Mapping[str, Module]) -> None:
    by_size = sorted(modules.values(), key=lambda module: module.lines, reverse=True)
    median = statistics.median(module.lines for module in by_size)
    print(f"{len(by_size)} files, {sum(module.lines for module in by_size):,} lines, median {median:g}. The largest:")
    for module in by_size[:LARGEST]:
        print(f"  {module.lines:4} {module.name}")
    folders = Counter(module.folder for module in by_size)
    print(f"{len(folders)} folders. Those with the most modules:")
    for folder, number in folders.most_common(LARGEST):
        print(f"  {number:4} {folder}")


def _print_fragments(fragments: list[Fragment], *, listed: bool) -> None:
    print(f"{len(fragments)} files of at most {FRAGMENT_LINES} lines have their only importer in the same folder.")
    for fragment in fragments if listed else ():
        importer = fragment.importer
        print(f"  {fragment.module.lines:4} {fragment.module.name} <- {importer.path.stem} ({importer.lines})")


def _print_contracts(names: list[str]) -> None:
    print(f"{len(names)} import contracts:")
    for name in names:
        print(f"  {name}")


if __name__ == "__main__":
    main()
