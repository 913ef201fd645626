"""What a notice template may say: a closed list of its parsed tree; all else is refused.

The sandbox keeps a template from Python, but bounds no cost. This list does: no calls, no
arithmetic, nothing that defines or loads, and loops of two levels over declared lists.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from engine.core.errors import Fault
from templates.environment import environment

MAX_CHARACTERS = 8_000
MAX_NODES = 600
MAX_DEPTH = 24
MAX_LOOPS = 2
MAX_TEXT = 500

FILTERS: Mapping[str, int] = {
    "capitalize": 0, "first": 0, "join": 1, "last": 0, "length": 0, "lower": 0, "trim": 0,
    "upper": 0,
}  # fmt: skip
"""The filters a template may use, with how many arguments each takes at most."""

TESTS = frozenset({"none"})
LOOP = frozenset({"first", "index", "last", "length"})
"""What a template may ask of ``loop``."""

PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.And, nodes.Or, nodes.Not,
    nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Concat,
)  # fmt: skip
"""Nodes that are harmless by themselves; their children are looked at."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in a template a node stands: the names it may use and how deep it lies."""

    names: frozenset[str]
    lists: frozenset[str] | None
    loops: int = 0
    depth: int = 0

    def deeper(self) -> "Scope":
        """Return the scope of a child node."""
        return Scope(self.names, self.lists, self.loops, self.depth + 1)

    def within(self, name: str) -> "Scope":
        """Return the scope of a loop's body, where `name` and ``loop`` can be used."""
        return Scope(self.names | {name}, self.lists, self.loops + 1, self.depth + 1)


Finding = tuple[int, str, str]
Check = Callable[[nodes.Node, Scope], Iterator[Finding]]


def check(
    source: str,
    declared_names: Collection[str],
    lists: Collection[str] | None = None,
    where: str = "template",
) -> list[Fault]:
    """Return everything that a template may not say, in the order of its lines; empty when fine.

    Args:
        source: the template's text.
        declared_names: the facts it may name.
        lists: which of them it may loop over; None means any of them.
        where: how faults name the template.
    """
    if len(source) > MAX_CHARACTERS:
        message = f"{len(source)} characters; a template has at most {MAX_CHARACTERS}"
        return [Fault(where, 1, 1, "length", message)]
    scope = Scope(frozenset(declared_names), None if lists is None else frozenset(lists))
    try:
        found = list(_findings(environment().parse(source), scope))
    except TemplateSyntaxError as error:
        return [Fault(where, error.lineno, 1, "syntax", error.message or "cannot be read")]
    except RecursionError:
        return [Fault(where, 1, 1, "depth", "nested too deeply to be read")]
    return sorted({Fault(where, line, 1, key, message) for line, key, message in found})


def _findings(tree: nodes.Template, scope: Scope) -> Iterator[Finding]:
    if sum(1 for _ in tree.find_all(nodes.Node)) > MAX_NODES:
        yield 1, "size", f"a template has at most {MAX_NODES} parts"
        return
    yield from _node(tree, scope)


def _node(node: nodes.Node, scope: Scope) -> Iterator[Finding]:
    if scope.depth > MAX_DEPTH:
        yield node.lineno, "depth", f"nested deeper than {MAX_DEPTH} levels"
    elif isinstance(node, PLAIN):
        for child in node.iter_child_nodes():
            yield from _node(child, scope.deeper())
    elif type(node) in SPECIAL:
        yield from SPECIAL[type(node)](node, scope)
    else:
        kind = type(node).__name__.lower()
        yield node.lineno, kind, f"a template may not use {kind}"


def _name(node: nodes.Node, scope: Scope) -> Iterator[Finding]:
    assert isinstance(node, nodes.Name)  # by the table below
    if node.ctx != "load":
        yield node.lineno, node.name, "a template may not set names"
    elif node.name not in scope.names:
        known = ", ".join(sorted(scope.names))
        yield node.lineno, node.name, f'unknown name "{node.name}"; known: {known}'


def _const(node: nodes.Node, _: Scope) -> Iterator[Finding]:
    assert isinstance(node, nodes.Const)  # by the table below
    if isinstance(node.value, str) and len(node.value) > MAX_TEXT:
        yield node.lineno, "text", f"a text in quotes has at most {MAX_TEXT} characters"
    elif not isinstance(node.value, str | int | None):  # truth values are whole numbers too
        yield node.lineno, "number", "a template may not use fractions"


def _filter(node: nodes.Node, scope: Scope) -> Iterator[Finding]:
    assert isinstance(node, nodes.Filter)  # by the table below
    if node.node is None:
        yield node.lineno, node.name, "a filter stands behind a value"
        return
    if node.name not in FILTERS:
        yield node.lineno, node.name, f'unknown filter "{node.name}"; known: {", ".join(FILTERS)}'
    elif not _takes(node, FILTERS[node.name]):
        yield node.lineno, node.name, f"{node.name} takes at most {FILTERS[node.name]} texts"
    yield from _node(node.node, scope.deeper())


def _takes(node: nodes.Filter, most: int) -> bool:
    """Return whether a filter's arguments are few enough and plain texts."""
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > most:
        return False
    return all(isinstance(arg, nodes.Const) and isinstance(arg.value, str) for arg in node.args)


def _test(node: nodes.Node, scope: Scope) -> Iterator[Finding]:
    assert isinstance(node, nodes.Test)  # by the table below
    if node.name not in TESTS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        yield node.lineno, node.name, f"a template may only test: {', '.join(TESTS)}"
    yield from _node(node.node, scope.deeper())


def _attribute(node: nodes.Node, scope: Scope) -> Iterator[Finding]:
    """Allow ``loop.first`` and its like inside a loop; facts have no parts to ask for."""
    assert isinstance(node, nodes.Getattr)  # by the table below
    of_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop" and scope.loops
    if not of_loop or node.attr not in LOOP:
        yield node.lineno, node.attr, f"a template may only ask loop for: {', '.join(sorted(LOOP))}"


def _for(node: nodes.Node, scope: Scope) -> Iterator[Finding]:
    assert isinstance(node, nodes.For)  # by the table below
    line = node.lineno
    if scope.loops >= MAX_LOOPS:
        yield line, "for", f"loops are nested at most {MAX_LOOPS} deep"
    if node.test is not None or node.recursive:
        yield line, "for", "a loop may not filter or call itself"
    if not _loops_over(node.iter, scope):
        yield line, "for", "a loop goes over a list that is declared, by its name"
    if not isinstance(node.target, nodes.Name) or node.target.name in {*scope.names, "loop"}:
        yield line, "for", "a loop names one new name"
        return
    for child in node.body:
        yield from _node(child, scope.within(node.target.name))
    for child in node.else_:
        yield from _node(child, scope.deeper())


def _loops_over(node: nodes.Node, scope: Scope) -> bool:
    allowed = scope.names if scope.lists is None else scope.lists
    return isinstance(node, nodes.Name) and node.name in allowed


SPECIAL: Mapping[type[nodes.Node], Check] = {
    nodes.Name: _name,
    nodes.Const: _const,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Getattr: _attribute,
    nodes.For: _for,
}
"""Nodes that are allowed under a condition of their own."""
