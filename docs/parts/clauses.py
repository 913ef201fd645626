"""Clauses of the source notice, and what of the shipped workflows names them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from docs.parts.markdown import code, table
from engine.core.definition import Workflow
from workflows import yamlfile
from workflows.reader import load_workflow, shipped

SOURCE = Path(__file__).resolve().parent.parent / "reference" / "clauses.yaml"


@cache
def sections() -> dict[str, dict[str, str]]:
    """Return the clauses as the source words them: heading, then number and words."""
    held = yamlfile.plain(yamlfile.load_file(SOURCE))
    assert isinstance(held, dict)  # a mapping of headings, as the file is written
    found = {}
    for heading, clauses in held.items():
        assert isinstance(clauses, dict)  # as above
        found[heading] = {number: str(words) for number, words in clauses.items()}
    return found


@cache
def carriers() -> dict[str, list[str]]:
    """Return what names each clause: stages and tasks, in the order of the files."""
    found: dict[str, list[str]] = {}
    for path in shipped().values():
        for clause, carrier in _named(load_workflow(path)):
            found.setdefault(clause, []).append(carrier)
    return found


def _named(workflow: Workflow) -> Iterator[tuple[str, str]]:
    for stage in workflow.stages.values():
        for clause in stage.clauses:
            yield clause, f"stage {code(stage.key)} {stage.name['zh']}"
        for task in workflow.tasks.values():
            if task.stage == stage.key:
                for clause in task.clauses:
                    yield clause, f"{code(task.key)} {task.name['zh']}"
    for task in workflow.tasks.values():
        if task.stage is None:
            for clause in task.clauses:
                yield clause, f"{code(task.key)} {task.name['zh']}"


def counts() -> str:
    """Return how many clauses there are, and how many of them something names."""
    every = [number for clauses in sections().values() for number in clauses]
    named = [number for number in every if number in carriers()]
    files = ", ".join(code(f"{key}.yaml") for key in shipped())
    return (
        f"The notice has {len(every)} clauses. Stages and tasks of {files} name"
        f" {len(named)} of them."
    )


def tables() -> str:
    """Return every clause with what names it, a table a section of the notice."""
    parts = []
    for heading, clauses in sections().items():
        rows = [
            (number, words, "; ".join(carriers().get(number, [])) or "–")
            for number, words in clauses.items()
        ]
        parts.append(f"## {heading}\n\n{table(('Clause', '原文', 'Named by'), rows)}")
    return "\n\n".join(parts)
