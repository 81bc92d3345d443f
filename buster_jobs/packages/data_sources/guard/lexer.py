"""The lexer: takes comments and strings out of a query, so that sqlglot and the engine agree on where each one ends.

sqlglot sees a placeholder for each string and so cannot change it; the strings go back in as they were written. Text
that only one of the two would understand is refused. PostgreSQL has its own lexer, in `engines/postgres/lexer.py`.
"""

import re
from dataclasses import dataclass, field

from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse
from buster_jobs.packages.data_sources.guard.rules import PlainText

_WORD = re.compile(r"[A-Za-z_\u0080-\U0010ffff]\w*")
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_GROUPED_NUMBER = re.compile(r"\d+(?:_\d+)+")
_HEX_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+")
_DASHES = re.compile(r"--[^\r\n]*")
_HASH = re.compile(r"#[^\r\n]*")
_MARK = re.compile(r"/\*|\*/")
_DOLLAR_TAG = re.compile(r"\$(?:[A-Za-z_]\w*)?\$")
_SPACE = " \t\n\r\f"
_BAD_IN_NAMES = frozenset("'\"`\\")
# Names are matched too, so that quotes within a name do not begin a string.
_WRITTEN = re.compile(r"\"[^\"]*\"|`[^`]*`|'([^']*)'")
# A character for private use, which no quoted name may hold: text that begins with it is a placeholder of ours.
_OURS = "\ue000"
_PLACEHOLDER = re.compile(rf"{_OURS}(\d+)")
# The number of an interval, and the separator that GROUP_CONCAT has by default.
_MADE_BY_SQLGLOT = re.compile(r"-?\d+(?:\.\d+)?|,")


@dataclass(frozen=True, slots=True)
class LexicalRules:
    """How an engine writes strings, names and comments. `names` maps the opening mark of a name to the closing one."""

    strings: str
    names: dict[str, str]
    name_mark: str
    symbols: str
    backslashes: bool = False
    prefixes: frozenset[str] = field(default=frozenset({"x"}))
    escape_prefixes: frozenset[str] = frozenset()
    hash_comments: bool = False
    dashes_need_space: bool = False
    nested_comments: bool = False
    dollar_strings: bool = False
    hex_numbers: bool = False
    grouped_numbers: bool = False
    refused_in_strings: tuple[str, ...] = ()

    def read(self, sql: str) -> PlainText:
        """The query, written plainly. Raises `QueryRefused`."""
        return _Lexer(sql, self).run()


def write(sql: str, literals: tuple[str, ...]) -> str:
    """Put the strings back. Of the strings that sqlglot adds by itself only two kinds may stay."""

    def original(found: re.Match[str]) -> str:
        whole, text = found.group(), found.group(1)
        placeholder = _PLACEHOLDER.fullmatch(whole[1:-1])
        if placeholder is None and _OURS not in whole and (text is None or _MADE_BY_SQLGLOT.fullmatch(text)):
            return whole
        if placeholder is None:
            refuse("The query could not be written back with its strings: write it more simply.")
        literal = literals[int(placeholder.group(1))]
        return literal if text is not None else whole[0] + _as_name(literal) + whole[0]

    return _WRITTEN.sub(original, sql)


def _as_name(literal: str) -> str:
    """The text of a string that stands in place of a name, such as in AS 'Total'."""
    name = literal[1:-1]
    if not name or not name.isprintable() or _BAD_IN_NAMES & set(name):
        refuse("A name must not be empty or hold quotes, backslashes or control characters.")
    return name


class _Lexer:
    def __init__(self, sql: str, rules: LexicalRules) -> None:
        self._sql = sql
        self._rules = rules
        self._at = 0
        self._out: list[str] = []
        self._literals: list[str] = []

    def run(self) -> PlainText:
        while self._at < len(self._sql):
            self._next()
        return PlainText("".join(self._out), tuple(self._literals))

    def _next(self) -> None:
        character, sql, at = self._sql[self._at], self._sql, self._at
        if character in self._rules.strings:
            self._string(at, self._rules.backslashes)
        elif character in self._rules.names:
            self._name(character)
        elif self._comment():
            pass
        elif word := _WORD.match(sql, at):
            self._word(word.group())
        elif number := _NUMBER.match(sql, at):
            self._number(number)
        elif character == "$" and self._rules.dollar_strings:
            self._dollar_string()
        else:
            self._symbol(character)

    def _emit(self, text: str, end: int) -> None:
        self._out.append(text)
        self._at = end

    def _take(self, start: int, end: int) -> None:
        """Take a literal out, from its prefix to its end."""
        text = self._sql[start:end]
        if "\0" in text or any(0xD800 <= ord(c) <= 0xDFFF for c in text):
            refuse("A string holds a character that the database cannot read.")
        self._literals.append(text)
        self._emit(f"'{_OURS}{len(self._literals) - 1}'", end)

    def _string(self, start: int, backslashes: bool) -> None:
        """Take a string out, from `start`, where its prefix may be. Its opening mark is at the current position."""
        mark = self._sql[self._at]
        body = rf"(?:[^\\{mark}]|{mark}{mark}|\\.)*+" if backslashes else f"(?:[^{mark}]|{mark}{mark})*+"
        found = re.compile(f"{mark}{body}{mark}", re.DOTALL).match(self._sql, self._at)
        if found is None:
            refuse("The query does not close a string.")
        for text in self._rules.refused_in_strings:
            if text in found.group()[1:] and found.group() != text:
                refuse(f"A string with {quoted(text)} in it is not allowed: write it without.")
        self._take(start, found.end())

    def _name(self, opening: str) -> None:
        closing = self._rules.names[opening]
        end = self._sql.find(closing, self._at + 1)
        if end < 0:
            refuse("The query does not close a quoted name.")
        name = self._sql[self._at + 1 : end]
        doubled = self._sql[end + 1 : end + 2] == closing and closing != "]"
        if not name or not name.isprintable() or doubled or _BAD_IN_NAMES & set(name):
            refuse("A quoted name must not be empty or hold quotes, backslashes or control characters.")
        mark = self._rules.name_mark
        self._emit(f"{mark}{name}{mark}", end + 1)

    def _comment(self) -> bool:
        sql, at = self._sql, self._at
        if sql.startswith("/*", at):
            self._block_comment()
        elif self._rules.hash_comments and (found := _HASH.match(sql, at)):
            self._emit("\n", found.end())
        elif found := _DASHES.match(sql, at):
            if self._rules.dashes_need_space and sql[at + 2 : at + 3] not in ("", *_SPACE):
                # MySQL reads 1--1 as 1 - (-1).
                self._emit("- -", at + 2)
            else:
                self._emit("\n", found.end())
        else:
            return False
        return True

    def _block_comment(self) -> None:
        if self._sql[self._at + 2 : self._at + 3] in ("!", "M") and self._rules.hash_comments:
            refuse("Comments that some servers execute (/*! … */, /*M! … */) are not allowed.")
        depth = 0
        for mark in _MARK.finditer(self._sql, self._at):
            depth = depth + 1 if mark.group() == "/*" and (self._rules.nested_comments or not depth) else depth
            depth = depth - 1 if mark.group() == "*/" else depth
            if depth == 0:
                self._emit(" ", mark.end())
                return
        refuse("The query does not close a comment.")

    def _word(self, word: str) -> None:
        start, end = self._at, self._at + len(word)
        if not word.isidentifier():
            refuse(f"The name {quoted(word)} has characters that need quotes.")
        if word.lower() == "u" and self._sql[end : end + 2] in ("&'", '&"'):
            refuse("Names and strings with Unicode escapes (U&) are not allowed: write the characters.")
        if self._sql[end : end + 1] not in tuple(self._rules.strings):
            self._emit(word, end)
            return
        self._at = end
        folded = word.lower()
        if folded in self._rules.prefixes or folded in self._rules.escape_prefixes:
            self._string(start, self._rules.backslashes or folded in self._rules.escape_prefixes)
        elif folded in ("n", "u", "b", "e", "x") or (folded.startswith("_") and self._rules.backslashes):
            refuse(f"Strings that begin with {quoted(word)} are not allowed: write '…'.")
        else:
            self._out.append(f"{word} ")

    def _dollar_string(self) -> None:
        tag = _DOLLAR_TAG.match(self._sql, self._at)
        if tag is None:
            refuse("Parameters such as $1 are not allowed: write the value.")
        end = self._sql.find(tag.group(), tag.end())
        if end < 0:
            refuse("The query does not close a dollar-quoted string.")
        self._take(self._at, end + len(tag.group()))

    def _number(self, number: re.Match[str]) -> None:
        if self._rules.hex_numbers and (found := _HEX_NUMBER.match(self._sql, self._at)):
            number = found
        if self._rules.grouped_numbers and (found := _GROUPED_NUMBER.match(self._sql, self._at)):
            number = found
        following = self._sql[number.end() : number.end() + 1]
        if following == "_" or following.isalnum():
            refuse(f"Put a space after the number {quoted(number.group())}.")
        if number.group()[1:2] in ("x", "X"):
            self._take(number.start(), number.end())
        else:
            self._emit(number.group().replace("_", ""), number.end())

    def _symbol(self, character: str) -> None:
        if character not in self._rules.symbols and character not in _SPACE:
            refuse(f"The character {quoted(ascii(character))} is not allowed outside of strings.")
        self._emit(character, self._at + 1)
