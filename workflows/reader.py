"""From a workflow file to a workflow: refused whole, or read with everything it says."""

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import cast

from engine.core.definition import Workflow
from workflows import yamlfile
from workflows.checks import check
from workflows.checks_deadlines import template_problems
from workflows.faults import Faults
from workflows.read_assembly import assemble, repeated
from workflows.read_parts import FilePart
from workflows.read_places import note
from workflows.read_problems import Problem
from workflows.read_table import WORKFLOW


def read_workflow(
    text: str | bytes, where: str, templates: Collection[str] | None = None
) -> Workflow:
    r"""Return the workflow that a text defines.

    The digest is the SHA-256 of the text in UTF-8 without byte order mark and with ``\n`` at
    every line end, so that one file has one digest on every system.

    Args:
        text: the content of a file; bytes must be UTF-8.
        where: how faults name the file.
        templates: the notices that rungs may name; None leaves their names unchecked, as for a
            text that was published when there were others.

    Raises:
        DefinitionError: every fault of the file with its place.
    """
    canonical = yamlfile.canonical(text, where)
    root = yamlfile.load(canonical, where)
    part, formal = form_of(root)
    workflow = assemble(part, hashlib.sha256(canonical.encode()).hexdigest())
    problems = [*formal, *repeated(part), *check(workflow, formal)]
    if templates is not None and not formal:
        problems += template_problems(workflow, templates)
    faults = Faults(where)
    note(problems, root, faults)
    faults.settle()
    return workflow


def form_of(root: yamlfile.Node) -> tuple[FilePart, list[Problem]]:
    """Return a file key by key, and what is wrong with its form: what a schema can judge."""
    formal: list[Problem] = []
    part = cast(FilePart, WORKFLOW.read(root, (), formal))  # what the table makes of a file
    return part, formal


def load_workflow(path: Path, templates: Collection[str] | None = None) -> Workflow:
    """Return the workflow of a file; faults name it by its path. `templates` as above.

    Raises:
        DefinitionError: the file cannot be read, or has faults.
    """
    return read_workflow(yamlfile.content(path), str(path), templates)


def shipped() -> dict[str, Path]:
    """Return the workflow files that come with the product, by name without ending, sorted."""
    return {path.stem: path for path in sorted(Path(__file__).parent.glob("*.yaml"))}
