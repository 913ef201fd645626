"""The documentation is whole and current: lists, references, links, commands, settings."""

import ast
import re
import shlex
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import generate
from docs.parts import clauses, terminal
from templates.notice import NOTICES
from tests.docs.pages import PAGES, ROOT, named, page, rows
from tools.commands import COMMANDS
from workflows.book import TOP
from workflows.book_steps import BUILDERS, KEYS
from workflows.schema import schema


@pytest.mark.parametrize("name", generate.PARTS)
def test_generated_parts_are_current(name: str) -> None:
    held = page(name)

    assert held == generate.rendered(held, generate.PARTS[name]), "run: python -m docs.generate"


def test_every_generated_part_is_made_by_somebody() -> None:
    marked = {named(path) for path in PAGES if "<!-- begin:" in path.read_text("utf-8")}

    assert marked == set(generate.PARTS)


def properties(node: object) -> Iterator[str]:
    """Yield every key that a schema allows."""
    if isinstance(node, dict):
        yield from node.get("properties", {})
        for value in node.values():
            yield from properties(value)
    elif isinstance(node, list):
        for value in node:
            yield from properties(value)


def test_every_key_of_a_workflow_file_is_described() -> None:
    text = page("docs/reference/workflow-file.md")

    assert not {key for key in properties(schema()) if f"`{key}`" not in text}


def test_every_notice_of_the_product_is_named() -> None:
    text = page("docs/reference/workflow-file.md")

    assert not [name for name in NOTICES if f"`{name}`" not in text]


ASKING = {"text", "filled", "day", "section", "maybe", "texts", "number", "mapping", "_day", "get"}


def keys_of_books() -> set[str]:
    """Return every key that the readers of books ask for."""
    found = {*TOP, *KEYS, *BUILDERS}
    for path in (ROOT / "workflows").glob("book*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ASKING:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                texts = [node.slice.value]
            else:
                continue
            found |= {text for text in texts if isinstance(text, str) and text}
    return found


def test_every_key_of_a_book_is_described() -> None:
    text = page("docs/reference/scenario-book.md")

    assert not {key for key in keys_of_books() if f"`{key}`" not in text}


def test_every_step_of_a_book_is_described_once() -> None:
    told = rows("docs/reference/scenario-book.md", "the record whose entry is meant")

    assert sorted(row["`do`"].strip("`") for row in told) == sorted(BUILDERS)


def plain(text: str) -> str:
    """Return a text in its common form without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def test_clauses_are_worded_as_the_notice_words_them() -> None:
    notice = plain((ROOT / "examples/suining/notice.zh.txt").read_text("utf-8"))
    held = [pair for section in clauses.sections().values() for pair in section.items()]

    assert [number for number, _ in held] == [f"R{n}" for n in range(1, len(held) + 1)]
    assert not [number for number, said in held if plain(said) not in notice]


def test_every_clause_that_a_workflow_names_exists() -> None:
    known = {number for section in clauses.sections().values() for number in section}

    assert clauses.carriers().keys() <= known


def test_every_command_of_the_repository_is_listed() -> None:
    text = page("CONTRIBUTING.md")

    assert not [name for name in COMMANDS if f"| `make {name}` |" not in text]


def command_lines(text: str) -> Iterator[str]:
    """Yield what a page says after the program's name, up to the end of the command."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if found := re.match(r"(?:\$ )?shidian +(.*)", line):
                yield found[1].partition("  #")[0].partition("   ")[0]
    yield from re.findall(r"`shidian +([^`]*)`", text)


def options_of(verb: str) -> set[str]:
    """Return the options that a verb knows."""
    ctx = next(leaves[verb] for leaves in terminal.tree().values() if verb in leaves)
    named = {name for param in ctx.command.get_params(ctx) for name in param.opts}
    return named | {"--lang", "--debug"}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_command_line_names_a_verb_and_options_that_exist(path: Path) -> None:
    for line in command_lines(path.read_text("utf-8")):
        words_, known = shlex.split(line), terminal.tree()
        if words_[0].startswith("--") or words_[0] == "VERB":
            continue
        assert words_[0] in known, line
        if len(words_) == 1 and words_[0] not in known[words_[0]]:
            continue  # the word above several verbs
        verb = words_[0] if words_[0] in known[words_[0]] else " ".join(words_[:2])
        assert verb in known[words_[0]], line
        asked = {word.partition("=")[0] for word in words_ if re.match(r"--?[a-z]", word)}
        assert asked <= options_of(verb), line


def test_every_verb_is_described() -> None:
    text = page("docs/reference/terminal.md")

    assert terminal.verbs() <= set(re.findall(r"^##+ shidian (.*)$", text, re.MULTILINE))


def slug(heading: str) -> str:
    """Return the anchor of a heading, as forges make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {slug(heading) for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        meant = (path.parent / file).resolve() if file else path
        assert meant.exists(), f"{named(path)}: {target} leads nowhere"
        assert not anchor or anchor in anchors(meant), f"{named(path)}: no heading for {target}"


def test_every_page_can_be_reached_from_the_first() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        targets = re.findall(r"\]\(([^)#\s:]+\.md)", path.read_text("utf-8"))
        waiting += [(path.parent / target).resolve() for target in targets]

    assert set(PAGES) <= reached


def test_every_setting_of_the_environment_is_described() -> None:
    told = "".join(path.read_text("utf-8") for path in PAGES)
    used: set[str] = set()
    for folder in ("engine", "workflows", "templates", "cli", "tools", "tests", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            used |= set(re.findall(r"\b_?SHIDIAN_[A-Z]+(?:_[A-Z]+)*\b", path.read_text("utf-8")))

    assert not {name for name in used if name not in told}


ADDRESSES = (
    "https://keepachangelog.com/",
    "https://semver.org/",
    "https://oa.example/",
)


@pytest.mark.parametrize("path", [*PAGES, *sorted((ROOT / "docs").rglob("*.yaml"))], ids=named)
def test_pages_name_no_address_but_the_known_and_no_folder_of_a_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    strange = [u for u in re.findall(r"https?://[^\s)>\]]+", text) if not u.startswith(ADDRESSES)]
    folders = re.findall(r"(?<![\w.:/])/(?:home|root|Users|work|mnt)/\S*", text)

    assert not strange + folders


def test_decisions_are_listed_and_say_all_that_a_decision_says() -> None:
    folder = ROOT / "docs/decisions"
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))

    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))

    assert listed == files
    for name in files:
        text = (folder / name).read_text("utf-8")
        assert text.startswith(f"# {int(name[:4])}. "), name
        parts = re.findall(r"^\*\*(.*?)\.\*\*", text, re.MULTILINE)
        assert parts == ["Context", "Choice", "Given up", "Would reopen it"], name


def test_the_changelog_has_no_other_headings_than_its_form_has() -> None:
    found = re.findall(r"^### (.*)$", page("CHANGELOG.md"), re.MULTILINE)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}

    assert "## [Unreleased]" in page("CHANGELOG.md")
    assert set(found) <= kinds
