"""The catalogues of both languages say the same things, and say them as agreed."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from templates import catalogue as catalogues
from templates.catalogue import LOCALES, Entry, MissingTextError, catalogue, placeholders, read
from templates.environment import FOLDER

LOCALE_FOLDER = FOLDER / "locale"
FORBIDDEN = ("责令", "警告", "严肃", "通报批评", "务必", "高度重视", "拒不", "限期", "！", "!")
CATALOGUES = [LOCALE_FOLDER / f"{locale}.yaml" for locale in LOCALES]
TEXTS = [*CATALOGUES, *sorted((FOLDER / "notices").glob("*.j2"))]
BUILT = ("period.", "wall.legend_", "wall.about_", "notice.due_")
"""How keys begin that the source puts together."""

SOURCES = [*FOLDER.rglob("*.py"), *(FOLDER / "documents").glob("*.j2")]


def test_both_languages_have_the_same_keys() -> None:
    zh, en = (catalogue(locale).entries for locale in ("zh", "en"))

    assert set(zh) == set(en)


def test_both_languages_name_the_same_facts_in_the_same_variants() -> None:
    zh, en = (catalogue(locale).entries for locale in ("zh", "en"))

    differing = [key for key in zh if placeholders(zh[key]) != placeholders(en[key])]

    assert differing == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_key_is_written_twice(locale: str) -> None:
    text = (LOCALE_FOLDER / f"{locale}.yaml").read_text(encoding="utf-8")

    assert list(_twice(yaml.compose(text, yaml.SafeLoader))) == []


def _twice(node: yaml.Node | None) -> list[str]:
    if not isinstance(node, yaml.MappingNode):
        return []
    names = Counter(key.value for key, _ in node.value)
    inner = [name for _, value in node.value for name in _twice(value)]
    return [name for name, count in names.items() if count > 1] + inner


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_said_and_every_brace_names_a_fact(locale: str) -> None:
    texts = [text for entry in catalogue(locale).entries.values() for text in _texts(entry)]

    assert [text for text in texts if not text.strip()] == _joint(locale)
    plain = [re.sub(r"\{[a-z][a-z0-9_]*(:[a-z_]+)?\}", "", text) for text in texts]
    assert [text for text in plain if "{" in text or "}" in text] == []


def _joint(locale: str) -> list[str]:
    """Return what stands between two sentences: nothing in Chinese, a space in English."""
    return {"zh": [""], "en": [" "]}[locale]


def _texts(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


@pytest.mark.parametrize("locale", LOCALES)
def test_every_unit_that_a_sentence_counts_in_is_known(locale: str) -> None:
    held = catalogue(locale)
    named = [found for entry in held.entries.values() for found in placeholders(entry).values()]
    places = {place for found in named for place in found}

    units = {place.strip("{}").split(":")[1] for place in places if ":" in place}

    assert units == {"working_day", "project", "notice"}
    assert all(held.has(f"units.{unit}") for unit in units)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_text_blames_or_shouts(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    said = "\n".join(line for line in lines if not line.startswith("#"))

    assert [word for word in FORBIDDEN if word in said] == []


def test_every_text_of_the_layouts_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    sections = ("what", "notice", "letter", "wall", "page", "date", "period")

    unused = [
        key
        for key in catalogue("zh").entries
        if key.startswith(tuple(f"{section}." for section in sections))
        if not _is_used(key, source)
    ]

    assert unused == []


def _is_used(key: str, source: str) -> bool:
    """Return whether a key is written somewhere, by itself or without its section."""
    _, name = key.split(".", 1)
    return f'"{key}"' in source or f'"{name}"' in source or key.startswith(BUILT)


def test_a_catalogue_is_read_once() -> None:
    assert catalogue("zh") is catalogue("zh")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("box: {a: Stamped, please}", "'box.please' has no text"),
        ("box: {on: Running}", "a key below 'box.' is read as True"),
    ],
)
def test_a_text_that_yaml_reads_as_something_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogues, "_FOLDER", tmp_path)

    with pytest.raises(MissingTextError, match=said):
        read("odd")
