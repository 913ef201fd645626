"""The description of the API: true to the types, whole in both languages, closed by default."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from templates.words import LOCALES
from web.api import OPERATIONS
from web.api.openapi import document, example
from web.api.operation import Call, Nothing, Operation, Reply
from web.api.schemas import schema
from web.rules import Rule


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.key)
def test_every_operation_has_examples_that_fit_its_types(one: Operation) -> None:
    if one.takes is not None:
        _must_fit(one.takes, example(one, "request"), answers=False)
    if one.answers is not None:
        _must_fit(one.answers, example(one, "response"), answers=True)


def _must_fit(kind: Any, value: Any, *, answers: bool) -> None:
    shared: dict[str, Any] = {}
    found = schema(kind, answers=answers, shared=shared)
    whole = {**found, "components": {"schemas": shared}}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(value)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_operation_and_parameter_is_described(locale: str) -> None:
    found = document(locale)

    assert found["openapi"] == "3.1.0"
    for methods in found["paths"].values():
        for one in methods.values():
            assert one["summary"]
            assert one["description"]
            assert all(p["description"] and "example" in p for p in one["parameters"])
            assert all("description" in r or "$ref" in r for r in one["responses"].values())


def _nothing(call: Call) -> Reply:
    return Reply(None)


def test_operations_have_names_of_their_own() -> None:
    keys = [one.key for one in OPERATIONS]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("rule", [Rule.OPEN, Rule.SIMULATED, "everybody", None])
def test_an_operation_without_a_rule_stops_the_start(rule: Any) -> None:
    with pytest.raises(ValueError, match=r"rule|Rule"):
        Operation("x", "GET", "/x", rule, "read", _nothing, Nothing)


def test_an_operation_without_a_scope_stops_the_start() -> None:
    with pytest.raises(ValueError, match="rule"):
        Operation("x", "GET", "/x", Rule.SIGNED_IN, "", _nothing, Nothing)
