"""The lines of a text, and what a YAML parser does not see in them: tabs and full-width colons."""

import re

from workflows.faults import WHOLE_FILE, Faults

# A text may well begin with a word and a full-width colon; a key is what begins a line.
KEY_START = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\s*：")
KEY_LINE = re.compile(r"[ \t]*(?:- +)*(?=[\"']?\w+[\"']?\s*：)")
TAB_INDENT = re.compile(r" *(?=\t\s*[^\s#])")

FULL_WIDTH = '"{}" ends in a full-width colon; write ":" and a space, or quote what is text'
TAB = "a tab stands where spaces must indent"


class Lines:
    """The lines of one text while it is parsed; `path` is the keys above what is being read."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.path: list[str] = []
        self._faults = faults
        self._lines = text.split("\n")
        self._text_lines: set[int] = set()  # that continue a quoted or block text
        self._flagged: set[int] = set()  # that have a fault

    def put(self, line: int, column: int, message: str) -> None:
        """Note a fault under the present path."""
        self._faults.at(line, column, ".".join(self.path) or WHOLE_FILE, message)
        self._flagged.add(line)

    def put_full_width(self, line: int, column: int, text: str) -> None:
        """Note a full-width colon behind the key that a text begins with."""
        self.put(line, column, FULL_WIDTH.format(text.partition("：")[0].strip()))

    def put_broken(self, line: int, column: int, problem: object) -> None:
        """Note what the parser stumbled over, unless a fault just before explains it."""
        if not {line - 1, line} & self._flagged:
            self.put(line, column, f"is not YAML: {problem}")

    def hold_text(self, first: int, last: int) -> None:
        """Take note of lines that only continue a text: nothing in them is a key."""
        self._text_lines.update(range(first, last + 1))

    def scan_tabs(self) -> None:
        """Find tabs that indent."""
        for number, line in enumerate(self._lines, start=1):
            if (found := TAB_INDENT.match(line)) and number not in self._text_lines:
                self.put(number, found.end() + 1, TAB)

    def scan_keys(self) -> None:
        """Find the full-width colons of a whole text that the parser could not read."""
        self._scan_keys(range(1, len(self._lines) + 1))

    def scan_text(self, line: int, column: int, text: str, last: int) -> None:
        """Find the full-width colons that made one text of what should be keys and values."""
        if KEY_START.match(text) and not self._lines[line - 1][: column - 1].strip(" -"):
            self._scan_keys(range(line, last + 1))

    def _scan_keys(self, numbers: range) -> None:
        for number in numbers:
            line = self._lines[number - 1]
            is_passed = number in self._text_lines or number in self._flagged
            if not is_passed and (found := KEY_LINE.match(line)):
                self.put_full_width(number, found.end() + 1, line[found.end() :])
