"""The JSON Schema of workflow files, for editors; ``python -m workflows.schema`` rewrites it.

It is made from the table that the reader reads by, and judges the form of a file. What holds
between parts of a file (names, ways, circles) only the reader can judge.
"""

import json
from pathlib import Path

from workflows.read_shapes import Defs, Json
from workflows.read_table import WORKFLOW

PATH = Path(__file__).with_name("workflow.schema.json")


def schema() -> dict[str, Json]:
    """Return the schema, in the dialect of 2020-12."""
    defs: Defs = {}
    body = WORKFLOW.body(defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Shidian workflow",
        "description": "The lifecycle of a project: stages, tasks, actions and deadlines.",
        **body,
        "$defs": dict(sorted(defs.items())),
    }


def rendered() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(rendered(), encoding="utf-8", newline="\n")
