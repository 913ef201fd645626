"""Where an answer leads: which operations can be asked next, and where their parameters stand.

Source: OpenAPI Specification 3.1.1, link objects and runtime expressions.
"""

from collections.abc import Iterator, Mapping

from web.api import OPERATIONS
from web.api.operation import Operation

HERE = "$request.path.code"
LISTED = "$response.body#/items/0/code"
AFTER = ("project_show", "project_tasks", "project_turns", "project_history")
"""What one looks at after an act: where the project stands, and what it owes now."""

Places = Mapping[str, str]


def leads(one: Operation) -> dict[str, Places]:
    """Return the operations that an answer leads to, and from where each takes its parameters."""
    return dict(_leads(one))


def _leads(one: Operation) -> Iterator[tuple[str, Places]]:
    if one.key == "projects_list":
        yield from ((each.key, {"code": LISTED}) for each in OPERATIONS if _is_of_project(each))
    elif one.key == "project_history":
        yield "project_entry", {"code": HERE, "n": "$response.body#/items/0/seq"}
    elif one.key == "notices_list":
        place = {"code": "$response.body#/items/0/project", "n": "$response.body#/items/0/n"}
        yield "notice_show", place
    elif _is_of_project(one) and one.takes is not None:
        yield from ((key, {"code": HERE}) for key in AFTER)


def _is_of_project(one: Operation) -> bool:
    return "{code}" in one.path and "{n}" not in one.path
