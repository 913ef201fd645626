"""The fields of a scenario that name a record of another section, by its id or by its name."""

from collections.abc import Collection, Mapping
from functools import partial

from engine.core.communities import community_key
from workflows.book_records import Record, Section
from workflows.book_spot import Held, as_text
from workflows.read_hints import MAX_KNOWN, MAX_WORD, alike, clip, meant, near


class References:
    """The names under which records speak of others: ``{community: communities}``."""

    def __init__(self, refs: Mapping[str, Section]) -> None:
        self.names: Collection[str] = refs.keys()
        self._sections = refs
        self._by_name = {section.name: _by_name(section) for section in refs.values()}

    def settle(self, record: Record) -> None:
        """Replace names by ids, where one record alone bears a name in any way of writing it."""
        for name in self.names & record.values.keys():
            section, word = self._sections[name], as_text(record.values[name])
            if word not in section.by_id and len(word) <= MAX_WORD:
                ids = self._by_name[section.name].get(community_key(word), [])
                record.values[name] = ids[0] if len(ids) == 1 else record.values[name]

    def check(self, record: Record) -> None:
        """Note every field of a record that names no record of the other section."""
        for name in self.names & record.values.keys():
            if record.values[name] is not None:
                self.follow(name, Held(record.values[name], record.spot(name)))

    def follow(self, name: str, held: Held) -> Record | None:
        """Return the record that a field names, or None after noting that there is none."""
        section, word = self._sections[name], held.text()
        if word is None:
            if held.value is None:
                held.spot.complain("is missing")
            return None
        found = section.by_id.get(word)
        if found is None:
            message = f'no record of {section.name} is called "{clip(word)}"'
            held.spot.complain(message, partial(_hint, word, section))
        return found


def _by_name(section: Section) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, name in _register(section).items():
        found.setdefault(community_key(name), []).append(id_)
    found.pop("", None)
    return found


def _register(section: Section) -> dict[str, str]:
    named = {id_: as_text(each.values.get("name")) for id_, each in section.by_id.items()}
    return {id_: name for id_, name in named.items() if len(name) <= MAX_WORD}


def _hint(word: str, section: Section) -> str:
    """Return the nearest id, else the names that may be meant, else the ids where they are few."""
    if len(section.by_id) > MAX_KNOWN:
        return ""
    by_id, by_name = near(word, section.by_id), alike(word, _register(section))
    return by_id or by_name or meant(word, section.by_id)
