"""The OpenAPI 3.1 document, made from the table of operations, their types and the texts.

Source: OpenAPI Specification 3.1.1; JSON Schema 2020-12.
"""

import json
import re
from dataclasses import fields
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from templates.words import Words
from web.api import OPERATIONS, ROOT
from web.api.leads import leads
from web.api.operation import Operation
from web.api.problems import MEDIA_TYPE, Problem
from web.api.schemas import schema
from web.words import speech

EXAMPLES = Path(__file__).parent / "examples.json"
PLACE = re.compile(r"{(\w+)}")
NUMBERS = ("n",)
READS = (400, 401, 403, 404)
WRITES = (*READS, 409, 412, 413, 415, 422)
Json = dict[str, Any]


@cache
def document(locale: str) -> Json:
    """Return the document with its titles and descriptions in a language."""
    say, shared = speech(locale), dict[str, Any]()
    problem = schema(Problem, answers=True, shared=shared)
    paths: Json = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(say, one, shared)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say.say("api.title"), "version": "1", "description": say.say("api.intro"),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": ROOT}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": {**shared, "Problem": problem},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": say.say("api.token")}
            },
            "responses": {"problem": _problem(say)},
        },
    }  # fmt: skip


def title(say: Words, one: Operation) -> str:
    """Return what an operation is called."""
    if one.verb is None:
        return say.say(f"api.op.{one.key}")
    name = say.say(f"api.verb.{one.verb}")
    return say.say("api.bulk_of", name=name) if one.key.startswith("bulk_") else name


def _operation(say: Words, one: Operation, shared: Json) -> Json:
    found: Json = {
        "operationId": one.key, "summary": title(say, one), "tags": [one.scope],
        "description": say.say(f"api.needs.{one.rule.value}", scope=one.scope),
        "parameters": [*_places(say, one), *_parameters(say, one, shared), *_headers(say, one)],
        "responses": _responses(say, one, shared),
    }  # fmt: skip
    if one.takes is not None:
        content = {"schema": schema(one.takes, answers=False, shared=shared)}
        content["example"] = example(one, "request")
        found["requestBody"] = {"required": True, "content": {"application/json": content}}
    return found


def _places(say: Words, one: Operation) -> list[Json]:
    return [
        {
            "name": name, "in": "path", "required": True, "description": say.say(f"api.at.{name}"),
            "schema": {"type": "integer", "minimum": 1, "maximum": 999_999_999}
            if name in NUMBERS
            else {"type": "string", "minLength": 1},
            "example": examples()["at"][name],
        }
        for name in PLACE.findall(one.path)
    ]  # fmt: skip


def _parameters(say: Words, one: Operation, shared: Json) -> list[Json]:
    held: Json = {}
    schema(one.query, answers=False, shared=held)
    properties = held[one.query.__name__].get("properties", {})
    return [
        {
            "name": field.name, "in": "query", "required": False,
            "description": say.say(f"api.param.{field.name}"),
            "schema": _plain(properties[field.name]), "example": examples()["query"][field.name],
        }
        for field in fields(one.query)
    ]  # fmt: skip


def _plain(found: Json) -> Json:
    """Return the schema of a parameter: leaving it out is how it is null."""
    kept = {key: value for key, value in found.items() if key not in ("default", "anyOf", "title")}
    for choice in found.get("anyOf", ()):
        if choice != {"type": "null"}:
            kept |= choice
    if found.get("default") is not None:
        kept["default"] = found["default"]
    return kept


def _headers(say: Words, one: Operation) -> list[Json]:
    named: list[tuple[str, str, str, str | None]] = [("Accept-Language", "string", "zh", None)]
    if one.takes is not None and one.of_project:
        named.append(("Idempotency-Key", "string", "2f1c6c0e-7d4a", "^[!-~]{1,200}$"))
        if not one.key.startswith("bulk"):
            named.append(("If-Match", "string", '"12"', r'^(\*|"[0-9]{1,9}")$'))
    return [
        {
            "name": name, "in": "header", "required": False,
            "description": say.say(f"api.header.{name.lower().replace('-', '_')}"),
            "schema": {"type": kind, **({"pattern": pattern} if pattern else {})}, "example": shown,
        }
        for name, kind, shown, pattern in named
    ]  # fmt: skip


def _responses(say: Words, one: Operation, shared: Json) -> Json:
    done: Json = {"description": say.say(f"api.status.{one.status}")}
    if one.answers is None:
        done["content"] = {"image/svg+xml": {"schema": {"type": "string"}}}
        done["content"]["image/svg+xml"]["example"] = example(one, "response")
    else:
        content = {"schema": schema(one.answers, answers=True, shared=shared)}
        content["example"] = example(one, "response")
        done["content"] = {"application/json": content}
    links = {to: {"operationId": to, "parameters": at} for to, at in leads(one).items()}
    if links:
        done["links"] = links
    ours = READS if one.takes is None else WRITES
    problems = {str(status): {"$ref": "#/components/responses/problem"} for status in ours}
    return {str(one.status): done, **problems}


def _problem(say: Words) -> Json:
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": examples()["problem"]}
    return {"description": say.say("api.refused"), "content": {MEDIA_TYPE: content}}


@cache
def examples() -> Json:
    """Return what the examples show: by ``at`` and ``query``, and each operation by its key."""
    found: Json = json.loads(EXAMPLES.read_text("utf-8"))
    return found


def example(one: Operation, which: str) -> Any:
    """Return the example of an operation's ``request`` or ``response``.

    One for many projects is that for one, asked of several.
    """
    held = examples()["operations"]
    if one.key in held:
        return held[one.key][which]
    if which == "request" and one.key.startswith("bulk_"):
        single = held[f"project_{one.verb}"]["request"]
        return {"codes": examples()["codes"], "command": single}
    return examples()["outcomes" if one.key.startswith("bulk_") else "receipt"]


def statuses() -> list[HTTPStatus]:
    """Return every status that an operation may answer with."""
    return [HTTPStatus(number) for number in sorted({*WRITES, *(o.status for o in OPERATIONS)})]
