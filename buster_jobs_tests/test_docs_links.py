"""Documents name what exists: their links, the files and modules in their text, and the functions in their pictures."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_NOT_HERE = {"buster_jobs/tasks/data/count_words.py": "the README's reader makes it"}
_SUFFIXES = "py|md|sql|toml|yaml|yml|sh|png|lock|mako"
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]*)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(rf"(?<![\w./<>:-])([\w.-]+(?:/[\w.-]+)*\.(?:{_SUFFIXES}))(?![\w/<>])")
_FOLDER = re.compile(r"^((?:buster_jobs|buster_jobs_tests|benchmarks|docs|scripts)/(?:[\w-]+/)*)$")
_MODULE = re.compile(r"(?<![\w./-])((?:buster_jobs|buster_jobs_tests|benchmarks)(?:\.\w+)+)")
_ABBREVIATION = re.compile(r"`([\w/]+/)`\s+is\s+`([\w/]+/)`")
_STEP = re.compile(r"[\[{(]\"([\w/]+\.py)<br/>([\w., ]+)\"[\]})]")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    assert [link for link in _links(document) if not _leads_somewhere(document, link)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_folder_and_module_in_the_text_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    spans = _CODE.findall(_FENCED.sub("", text))
    assert [name for span in spans for name in _missing(span, dict(_ABBREVIATION.findall(text)))] == []


def test_every_document_is_reached_by_links_from_the_readme() -> None:
    reached, left = set[Path](), [ROOT / "README.md"]
    while left:
        document = left.pop()
        reached.add(document)
        linked = {(document.parent / link.partition("#")[0]).resolve() for link in _links(document)}
        left += sorted(path for path in linked - reached if path.suffix == ".md")
    assert [str(document.relative_to(ROOT)) for document in DOCUMENTS if document not in reached] == []


def test_every_step_of_the_pictures_is_a_function_or_class_of_its_file() -> None:
    steps = _STEP.findall((ROOT / "docs" / "architecture.md").read_text("utf-8"))
    assert len(steps) > 60
    assert [f"{file}: {name}" for file, names in steps for name in _undefined(file, names)] == []


def _links(document: Path) -> list[str]:
    return _LINK.findall(_FENCED.sub("", document.read_text("utf-8")))


def _leads_somewhere(document: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = document.parent / path if path else document
    return target.exists() and (not heading or heading in _headings(target))


def _headings(document: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    found = re.findall(r"^#+ (.+)$", _FENCED.sub("", document.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in found}


def _missing(span: str, abbreviations: dict[str, str]) -> Iterator[str]:
    if span.startswith((".venv/", ".buster", "/", "http")) or "<" in span:
        return
    for name in _FILE.findall(span):
        short = next((short for short in abbreviations if name.startswith(short)), "")
        full = abbreviations[short] + name.removeprefix(short) if short else name
        if full not in _NOT_HERE and not any(file.endswith(f"/{full}") for file in _files()):
            yield name
    yield from (name for name in _FOLDER.findall(span) if not (ROOT / name).is_dir())
    yield from (name for name in _MODULE.findall(span) if not _is_module(name))


@cache
def _files() -> tuple[str, ...]:
    """Every file of the project, with a slash before it: a document may name a file by the end of its path."""
    tops = [path for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "node_modules"]
    below = (path for top in tops if top.is_dir() for path in top.rglob("*") if path.is_file())
    return tuple(f"/{path.relative_to(ROOT).as_posix()}" for path in (*tops, *below))


def _is_module(name: str) -> bool:
    """Whether it is a module, or a name in the text of one."""
    path = ROOT / name.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    file = path.parent.with_suffix(".py") if path.parent.with_suffix(".py").exists() else path.parent / "__init__.py"
    return file.exists() and re.search(rf"\b{path.name}\b", file.read_text("utf-8")) is not None


def _undefined(file: str, names: str) -> Iterator[str]:
    path = ROOT / "buster_jobs" / file
    text = path.read_text("utf-8") if path.exists() else ""
    for name in re.findall(r"[\w.]+", names):
        if not all(re.search(rf"^\s*(?:def|class) {part}\b", text, re.MULTILINE) for part in name.split(".")):
            yield name
