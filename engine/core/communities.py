"""Communities under the many ways of writing their names, matched to the register."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from engine.core.identifiers import Checked, clean

_SAMPLE = re.compile(r"示例[·•・‧∙⋅]")
_SUFFIXES = ("居民委员会", "居委会", "社区")


@lru_cache(maxsize=8192)  # an import asks for the same few hundred names once for every row
def community_key(name: str) -> str:
    """Return what is the same in all ways of writing a community's name.

    正东社区居委会, 正东社区居民委员会, 正东社区 and 正东 have one key. The mark 示例· of sample
    data is dropped. 村 stays: 正东村 is another place than 正东社区. Empty only for an empty name.
    """
    key = clean(name)
    while (found := _SAMPLE.match(key)) and found.end() < len(key):
        key = key[found.end() :]
    while suffix := next((s for s in _SUFFIXES if key.endswith(s) and key != s), None):
        key = key.removesuffix(suffix)
    return key


def match_community(name: str, register: Mapping[str, str]) -> Checked:
    """Find a community by its code or by any way of writing its name; the value is its code.

    The fact `name` of a match is the register's name for it. An unknown name carries `near`: up
    to three names of the register, those that hold it or are held by it first, or "-". A name
    that stands for several communities carries their `codes`, in the register's order.

    Args:
        name: as typed; a code of the register is taken as such.
        register: names by code.
    """
    wanted = clean(name)
    if not wanted:
        return Checked(fault="community_missing")
    if wanted in register:
        return Checked(wanted, facts={"name": register[wanted]})
    key = community_key(name)
    codes = [code for code, listed in register.items() if community_key(listed) == key]
    if len(codes) == 1:
        return Checked(codes[0], facts={"name": register[codes[0]]})
    if codes:
        facts = {"name": wanted, "codes": ", ".join(codes)}
        return Checked(fault="community_ambiguous", facts=facts)
    near = ", ".join(_near(key, register)) or "-"
    return Checked(fault="community_unknown", facts={"name": wanted, "near": near})


def _near(key: str, register: Mapping[str, str]) -> list[str]:
    names = {community_key(listed): listed for listed in register.values()}
    names.pop("", None)
    related = [each for each in names if each in key or key in each]
    alike = get_close_matches(key, names, n=3, cutoff=0.5)  # one character of two may differ
    return [names[each] for each in dict.fromkeys((*related, *alike))][:3]
