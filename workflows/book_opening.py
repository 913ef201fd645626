"""Opens a book: its own file, the scenario beside it and the workflow that it names."""

from pathlib import Path

from engine.core.definition import Workflow
from engine.core.errors import DefinitionError
from workflows import yamlfile
from workflows.book_keys import TOP
from workflows.book_records import Section
from workflows.book_scenario import Scenario
from workflows.book_source import Book
from workflows.book_spot import Spot
from workflows.faults import WHOLE_FILE, Faults
from workflows.read_entries import check_keys
from workflows.read_nodes import MappingNode, ScalarNode
from workflows.read_problems import described
from workflows.reader import load_workflow, shipped

SCENARIO_BYTES = 4_000_000


def opened_book(path: Path, faults: Faults) -> Book | None:
    """Return a book with its scenario, or None after noting what keeps it from being read."""
    root = _mapping(path, faults, yamlfile.MAX_BYTES)
    if root is None:
        return None
    check_keys(root, faults, TOP)
    scenario, workflow = _scenario(path, root, faults), _workflow(root, faults)
    if scenario is None or workflow is None:
        return None
    scenario.refer(_refs(root, scenario, faults))
    return Book(root, scenario, workflow, faults)


def _mapping(path: Path, faults: Faults, max_bytes: int) -> MappingNode | None:
    root = yamlfile.compose_file(path, faults, max_bytes=max_bytes)
    if root is None or isinstance(root, MappingNode):
        return root
    faults.add(root, WHOLE_FILE, f"must be a mapping of sections, not {described(root)}")
    return None


def _name(root: MappingNode, key: str, faults: Faults, meaning: str) -> tuple[str, Spot] | None:
    """Return a name that the book needs to be opened at all."""
    entry = root.entries.get(key)
    node = entry.value if entry else root
    if entry is None or not isinstance(node, ScalarNode) or node.is_nothing:
        faults.add(node, key, f"is missing: name {meaning}")
        return None
    return node.text, Spot(faults, node, key)


def _scenario(path: Path, root: MappingNode, faults: Faults) -> Scenario | None:
    named = _name(root, "scenario", faults, "the file that holds the records")
    if named is None:
        return None
    where = path.parent / named[0]
    beside = faults.beside(named[0])
    scenario = _mapping(where, beside, SCENARIO_BYTES)
    return None if scenario is None else Scenario(scenario, beside)


def _workflow(root: MappingNode, faults: Faults) -> Workflow | None:
    named = _name(root, "workflow", faults, "the workflow that the projects run under")
    if named is None:
        return None
    key, spot = named
    known = shipped()
    if key not in known:
        spot.unknown("workflow", key, known)
        return None
    try:
        return load_workflow(known[key])
    except DefinitionError as error:
        faults.take(error)
        return None


def _refs(root: MappingNode, scenario: Scenario, faults: Faults) -> dict[str, Section]:
    """Return the sections that fields name records of, by field."""
    entry = root.entries.get("refs")
    if entry is None:
        return {}
    if not isinstance(entry.value, MappingNode):
        faults.add(entry.value, "refs", f"must be a mapping, not {described(entry.value)}")
        return {}
    found = {}
    for name, held in entry.value.entries.items():
        word = held.value.text if isinstance(held.value, ScalarNode) else ""
        if word in scenario.sections:
            found[name] = scenario.sections[word]
        else:
            faults.unknown(held.value, name, "section of the scenario", word, scenario.sections)
    return found
