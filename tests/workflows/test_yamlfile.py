"""A YAML file becomes a tree with places, or is refused with every fault of its form."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import DefinitionError, Fault
from workflows import read_parser, yamlfile
from workflows.yamlfile import MappingNode, ScalarNode, SequenceNode, load, plain

ROOT = Path(__file__).parents[2]


def faults_of(source: str | bytes, **limits: int) -> list[str]:
    """Return what is said of a text, as ``line:column key: message``."""
    with pytest.raises(DefinitionError) as refused:
        load(source, "some.yaml", **limits)
    return [f"{f.line}:{f.column} {f.key}: {f.message}" for f in refused.value.faults]


def value_of(text: str) -> yamlfile.Plain:
    """Return what an unquoted or quoted text is read as."""
    read = plain(load(f"key: {text}\n", "some.yaml"))
    assert isinstance(read, dict)
    return read["key"]


def test_a_fault_names_file_line_column_and_key() -> None:
    with pytest.raises(DefinitionError) as refused:
        load("a:\n  b: 1\n  b: 2\n", "some.yaml")

    assert str(refused.value) == "some.yaml:3:3: a.b: is given twice, first in line 2"


def test_nodes_know_where_they_begin_and_keys_where_they_stand() -> None:
    root = load("first: x\nlist:\n  - 试点\n  - {deep: 'y'}\n", "some.yaml")

    assert isinstance(root, MappingNode)
    assert (root.entries["list"].line, root.entries["list"].column) == (2, 1)
    items = root.entries["list"].value
    assert isinstance(items, SequenceNode)
    assert items.items[0] == ScalarNode(3, 5, "试点")
    deep = items.items[1]
    assert isinstance(deep, MappingNode)
    assert deep.entries["deep"].value == ScalarNode(4, 12, "y", quoted=True)


@pytest.mark.parametrize(
    "text",
    ["no", "on", "yes", "Off", "12:30", "018", "0x1F", "1_000", "+5", "-0", "1.50", "~", ".5"],
)
def test_a_text_that_other_readers_take_for_something_else_stays_text(text: str) -> None:
    assert value_of(text) == text


def test_a_date_stays_text() -> None:
    assert value_of("2017-08-31") == "2017-08-31"


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("null", None), ("", None), ("0", 0), ("-12", -12)],
)
def test_only_true_false_null_and_whole_numbers_are_more_than_text(
    text: str, value: bool | int | None
) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("text", ["true", "null", "", "7"])
def test_a_quoted_value_is_text_whatever_it_says(text: str) -> None:
    assert value_of(f'"{text}"') == text


def test_a_number_of_more_than_eighteen_digits_stays_text() -> None:
    assert value_of("9" * 5000) == "9" * 5000


def test_keys_are_text_even_where_others_read_truth_or_nothing() -> None:
    assert plain(load("no: 1\nnull: 2\n12: 3\n", "x")) == {"no": 1, "null": 2, "12": 3}


def test_a_key_given_twice_is_refused() -> None:
    assert faults_of('a: 1\nb: 2\n"a": 3\n') == ["3:1 a: is given twice, first in line 1"]


def test_anchors_and_aliases_are_refused_each_at_its_place() -> None:
    assert faults_of("a: &x [1]\nb: *x\n") == [
        '1:4 a: the anchor "&x" is not allowed',
        '2:4 b: the alias "*x" is not allowed; write the value out',
    ]


def test_an_alias_as_a_key_is_refused() -> None:
    assert '2:1 file: the alias "*x" is not allowed; write the value out' in faults_of(
        "a: &x y\n*x : z\n"
    )


@pytest.mark.parametrize(
    ("tag", "shown"),
    [("!!str", "!!str"), ("!x", "!x"), ("!", "!"), ("!!python/name:os.system", None)],
)
def test_a_tag_is_refused(tag: str, shown: str | None) -> None:
    message = f'1:4 a: the tag "{shown or tag}" is not allowed; quote what must be text'

    assert faults_of(f"a: {tag} 1\n") == [message]


def test_a_second_document_is_refused() -> None:
    assert faults_of("a: 1\n---\nb: 2\n") == [
        "2:1 file: a second document begins here; a file holds one"
    ]


def test_a_directive_is_refused() -> None:
    assert faults_of("%YAML 1.1\n---\na: 1\n") == ["1:1 file: directives (%) are not allowed"]


def test_a_key_that_is_no_text_is_refused() -> None:
    assert faults_of("? [a]\n: b\n") == ["1:3 file: a key must be text"]


def test_a_missing_key_is_refused() -> None:
    assert faults_of("?\n: 2\n") == ["1:2 file: a key is missing here"]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert faults_of(text) == ["1:1 file: is empty"]


def test_a_file_above_the_limit_is_refused_before_it_is_read() -> None:
    assert faults_of("a: " + "x" * 300_000) == ["1:1 file: has more than 256 KB (262,144 bytes)"]


def test_the_limit_of_size_is_a_parameter_and_counts_bytes() -> None:
    assert load("试点", "x", max_bytes=6) == ScalarNode(1, 1, "试点")
    assert faults_of("试点", max_bytes=5) == ["1:1 file: has more than 0 KB (5 bytes)"]


def test_twenty_levels_are_read_and_the_next_is_refused() -> None:
    load("[" * 20 + "]" * 20, "x")

    assert faults_of("[" * 21 + "]" * 21) == ["1:21 file: is nested more than 20 deep"]


def test_a_depth_far_beyond_the_limit_is_refused_where_the_limit_is() -> None:
    assert faults_of("[" * 200_000) == ["1:21 file: is nested more than 20 deep"]


def test_every_tab_that_indents_is_named() -> None:
    assert faults_of("a:\n\tb: 1\n \tc: 2\n") == [
        "2:1 file: a tab stands where spaces must indent",
        "3:2 file: a tab stands where spaces must indent",
    ]


def test_a_tab_within_a_text_is_part_of_it() -> None:
    assert plain(load('a: |\n  x\n  \ty\nb: "1\n\t2"\nc:\t3\n', "x")) == {
        "a": "x\n\ty\n",
        "b": "1 2",
        "c": 3,
    }


def test_a_full_width_colon_after_a_key_is_named_where_yaml_gives_up() -> None:
    assert faults_of("roles：\n  a: b\n") == [
        '1:1 file: "roles" ends in a full-width colon; write ":" and a space, or quote what is text'
    ]


def test_full_width_colons_are_named_where_yaml_reads_them_as_text() -> None:
    told = 'ends in a full-width colon; write ":" and a space, or quote what is text'

    assert faults_of("name:\n  zh：试点\n  en：Pilot\n") == [
        f'2:3 name: "zh" {told}',
        f'3:3 name: "en" {told}',
    ]
    assert faults_of("name: {zh：试点, en: Pilot}\n") == [f'1:8 name: "zh" {told}']


def test_a_full_width_colon_within_a_text_is_part_of_it() -> None:
    text = '注: 附件：两份\nlist: [方式：现场]\nquoted: "PS：x"\nblock: |\n  key：value\n'

    assert plain(load(text, "x")) == {
        "注": "附件：两份",
        "list": ["方式：现场"],
        "quoted": "PS：x",
        "block": "key：value\n",
    }


def test_text_that_is_not_utf_8_is_refused_with_its_place_and_a_guess() -> None:
    assert faults_of("a: 1\nb: 中文\n".encode("gb18030")) == [
        "2:4 file: is not UTF-8 (byte 0xd6), it looks like GB 18030; save it as UTF-8"
    ]
    assert faults_of("a: 1\n".encode("utf-16")) == [
        "1:1 file: is not UTF-8 (byte 0xff), it looks like UTF-16; save it as UTF-8"
    ]


def test_control_characters_are_refused_written_or_escaped() -> None:
    assert faults_of("a: \x07\n") == ["1:4 file: the character U+0007 is not allowed"]
    assert faults_of("a: x\u2028y\n") == ["1:5 file: the character U+2028 is not allowed"]
    assert faults_of('a: "\\0"\n') == ["1:4 a: an escape gives U+0000, which is not allowed"]
    assert faults_of("a: \ud800") == ["1:4 file: the character U+D800 is not allowed"]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    assert plain(load(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n", "x")) == {"a": 1, "b": "x\n"}


def test_faults_before_and_after_one_another_are_listed_together() -> None:
    found = faults_of("a: 1\na: 2\nb: !!str x\nc: [1\nd：2\n")

    assert [line.split()[0] for line in found] == ["2:1", "3:4", "5:1"]


def test_what_is_not_yaml_is_refused_where_the_parser_gives_up() -> None:
    assert faults_of("a: 'x\n") == ["2:1 a: is not YAML: found unexpected end of stream"]


@pytest.mark.parametrize("text", ["a: 1\n" * 50_000, "\x07" * 250_000, "\tb\n" * 80_000])
def test_a_flood_of_faults_is_cut_and_counted(text: str) -> None:
    found = faults_of(text)

    assert len(found) == 1001
    assert found[-1].endswith(" more faults are not listed")


def test_a_missing_file_is_refused_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "absent.yaml"

    with pytest.raises(DefinitionError) as refused:
        yamlfile.load_file(path)

    assert str(refused.value) == f"{path}:1:1: file: cannot be read: No such file or directory"


def test_a_file_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a" * 1000)

    assert len(yamlfile.content(path, max_bytes=10)) == 11


@pytest.mark.parametrize("name", ["pilot_project.yaml"])
def test_both_parsers_of_pyyaml_give_the_same_tree(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ROOT / "workflows" / name
    fast = yamlfile.load_file(path)

    monkeypatch.setattr(read_parser, "LOADERS", (yaml.SafeLoader,))

    assert yamlfile.load_file(path) == fast


PIECES = st.sampled_from(
    [
        *"ab:-?,[]{}&*!|>'\"%#\n\t ：试~0\r\u2028\x00\ud800\ufeff",
        *["a: ", "\n  ", "\n- ", "&a ", "*a", "!!x ", "---\n", "...\n", "<<: ", "null", "true"],
        *["\\x00", "\\ud800", "\\U99999999", "!<%zz> ", "%TAG ! x\n", "%YAML 1.999999999\n"],
    ]
)


@pytest.mark.parametrize("loader", read_parser.LOADERS)
@given(text=st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=400, deadline=2000)
def test_no_bytes_raise_anything_but_a_definition_error(
    loader: type[yaml.SafeLoader], text: str | bytes
) -> None:
    found: tuple[Fault, ...] = ()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_parser, "LOADERS", (loader,))
        try:
            plain(load(text, "x"))
        except DefinitionError as error:
            found = error.faults

    assert all(fault.line >= 1 and fault.column >= 1 for fault in found)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text("aé试 :-#'\"{", max_size=8),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("ab试", min_size=1), inner),
    max_leaves=20,
)


@given(JSON)
def test_json_comes_back_as_it_was(value: yamlfile.Plain) -> None:
    assert plain(load(json.dumps(value, ensure_ascii=False), "x", max_depth=50)) == value
