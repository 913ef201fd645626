"""The schema and the reader are made from one table; here they are held against each other."""

import dataclasses
import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.core.errors import DefinitionError
from workflows import schema, yamlfile
from workflows.read_cases import Cases, Forms
from workflows.read_gates import Gate
from workflows.read_lists import ListOf
from workflows.read_named import Named
from workflows.read_records import Record
from workflows.read_shapes import Shape
from workflows.read_table import WORKFLOW
from workflows.reader import form_of, read_workflow, shipped
from workflows.yamlfile import Entry, MappingNode, Node, ScalarNode, SequenceNode, plain

FILES = [*shipped().values(), Path(__file__).with_name("equipment_trial.yaml")]
TREES = {path.stem: yamlfile.load_file(path) for path in FILES}
VALIDATOR = Draft202012Validator(json.loads(schema.PATH.read_text(encoding="utf-8")))

SCALARS = [
    *[("", False), ("null", False), ("true", False), ("no", False), ("0", False), ("-3", False)],
    *[("018", False), ("12:30", False), ("2017-08-31", False), ("60.5", False), ("7", True)],
    *[("", True), (" ", True), ("Key", False), ("plan", False), ("task:x", True), ("true", True)],
]


def test_the_file_is_the_generated_schema() -> None:
    assert schema.PATH.read_text(encoding="utf-8") == schema.rendered()


def test_the_schema_is_one_and_names_its_dialect() -> None:
    Draft202012Validator.check_schema(schema.schema())

    assert schema.schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", TREES)
def test_the_schema_accepts_every_workflow(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(TREES[name]))] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", TREES)
@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_reader_and_schema_agree_on_a_changed_file(name: str, seed: int) -> None:
    tree = mutated(TREES[name], random.Random(seed))  # noqa: S311  # damage, not secrets

    _, formal = form_of(tree)

    assert VALIDATOR.is_valid(plain(tree)) == (not formal), formal


@pytest.mark.parametrize("name", TREES)
def test_what_the_schema_refuses_the_reader_refuses_as_a_file(name: str) -> None:
    chance = random.Random(20170831)  # noqa: S311  # damage, not secrets
    refused = 0
    for _ in range(60):
        value = plain(mutated(TREES[name], chance))
        if not VALIDATOR.is_valid(value):
            refused += 1
            with pytest.raises(DefinitionError):
                read_workflow(json.dumps(value, ensure_ascii=False), "changed.json")

    assert refused > 20


def test_every_key_of_a_record_is_a_field_of_what_it_makes() -> None:
    for record in set_of_records(WORKFLOW):
        make, given_ahead = _made_by(record)
        if not dataclasses.is_dataclass(make):
            continue
        fields = {field.name: field for field in dataclasses.fields(make)}
        written = {key.field or name for name, key in record.keys.items()}
        needed = {
            name
            for name, field in fields.items()
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        }
        always = {key.field or name for name, key in record.keys.items() if key.required}

        assert written <= fields.keys(), record.name
        assert needed <= always | given_ahead, record.name


def test_every_key_says_what_it_means() -> None:
    for record in set_of_records(WORKFLOW):
        assert all(key.meaning.endswith((".", "?")) for key in record.keys.values()), record.name


def mutated(root: Node, chance: random.Random) -> Node:
    """Return a tree with one or two of its nodes cut, renamed, doubled or replaced."""
    for _ in range(chance.choice([1, 1, 2])):
        others = list(nodes(root))
        root = _changed_at(root, chance.choice(others), chance, others)
    return root


def nodes(root: Node) -> Iterator[Node]:
    """Yield every node of a tree."""
    yield root
    if isinstance(root, MappingNode):
        for entry in root.entries.values():
            yield from nodes(entry.value)
    elif isinstance(root, SequenceNode):
        for item in root.items:
            yield from nodes(item)


def _changed_at(root: Node, target: Node, chance: random.Random, others: list[Node]) -> Node:
    if root is target:
        return _changed(root, chance, others)
    if isinstance(root, MappingNode):
        entries = {
            key: dataclasses.replace(e, value=_changed_at(e.value, target, chance, others))
            for key, e in root.entries.items()
        }
        return dataclasses.replace(root, entries=entries)
    if isinstance(root, SequenceNode):
        items = tuple(_changed_at(item, target, chance, others) for item in root.items)
        return dataclasses.replace(root, items=items)
    return root


def _changed(node: Node, chance: random.Random, others: list[Node]) -> Node:
    if isinstance(node, MappingNode) and node.entries and chance.random() < 0.7:
        return _with_other_keys(node, chance, others)
    if isinstance(node, SequenceNode) and node.items and chance.random() < 0.7:
        position = chance.randrange(len(node.items))
        item = node.items[position]
        put = chance.choice([(), (item, item), (chance.choice(others),)])
        items = (*node.items[:position], *put, *node.items[position + 1 :])
        return dataclasses.replace(node, items=items)
    text, quoted = chance.choice(SCALARS)
    return chance.choice(
        [
            ScalarNode(1, 1, text, quoted),
            SequenceNode(1, 1, (node,)),
            SequenceNode(1, 1, ()),
            MappingNode(1, 1, {}),
            MappingNode(1, 1, {"zh": Entry(1, 1, node)}),
            chance.choice(others),
        ]
    )


def _with_other_keys(node: MappingNode, chance: random.Random, others: list[Node]) -> Node:
    entries = dict(node.entries)
    key = chance.choice(list(entries))
    entry = entries[key]
    if chance.random() < 0.7:
        del entries[key]
    known = chance.choice(list(MEANT))
    renamed = chance.choice([key + "x", key.upper(), "", known, known])
    if chance.random() < 0.7:
        entries[renamed] = chance.choice([entry, Entry(1, 1, chance.choice(others))])
    return dataclasses.replace(node, entries=entries)


def set_of_records(shape: Shape) -> list[Record]:
    """Return every record of the table that a shape leads to, each once."""
    seen: dict[int, Shape] = {}
    waiting = [shape]
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen[id(one)] = one
            waiting.extend(_inner(one))
    return [one for one in seen.values() if isinstance(one, Record)]


def _inner(shape: Shape) -> list[Shape]:
    if isinstance(shape, Record):
        return [key.shape for key in shape.keys.values()]
    if isinstance(shape, ListOf | Named):
        return [shape.item]
    if isinstance(shape, Cases):
        return list(shape.cases.values())
    if isinstance(shape, Forms):
        return list(shape.forms.values())
    return list(shape.guards.values()) if isinstance(shape, Gate) else []


def _made_by(record: Record) -> tuple[Callable[..., object], set[str]]:
    own = {"key"} if record.keyed else set[str]()
    if isinstance(record.make, partial):
        return record.make.func, own | record.make.keywords.keys()
    return record.make, own


MEANT = {name for record in set_of_records(WORKFLOW) for name in record.keys}
