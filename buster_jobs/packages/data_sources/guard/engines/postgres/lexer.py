"""The lexer: rewrites a query so that sqlglot and PostgreSQL agree on where each string and comment begins and ends.

Comments are dropped, every string becomes a plain 'one', and text that only one of the two would understand is
refused. Lexical rules: PostgreSQL manual, section 4.1.
"""

import re
from collections.abc import Callable
from typing import ClassVar

from buster_jobs.packages.data_sources.guard.refusal import quoted, refuse

_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|''", re.DOTALL)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def literal(value: str) -> str:
    """A plain string literal of exactly this value, for a server with standard_conforming_strings on."""
    if "\0" in value or any(0xD800 <= ord(c) <= 0xDFFF for c in value):
        refuse("A string holds a character that PostgreSQL cannot store.")
    return "'" + value.replace("'", "''") + "'"


def decode_escapes(body: str) -> str:
    """The value of E'body'. Source of the rules: PostgreSQL manual, section 4.1.2.2."""
    return _ESCAPE.sub(_decode, body)


def _decode(found: re.Match[str]) -> str:
    octal, hexadecimal, short, long, letter = found.groups()
    if letter is not None:
        if letter in "uUx":
            refuse("A string holds an incomplete escape.")
        return _LETTERS.get(letter, letter)
    if octal is None and hexadecimal is None and short is None and long is None:
        return "'"
    code = int(octal, 8) if octal else int(hexadecimal or short or long, 16)
    if code > 0x10FFFF or ((octal or hexadecimal) and code > 0x7F):
        refuse("A string holds an escape for half a character: write the character.")
    return chr(code)


_WORD = re.compile(r"[A-Za-z_\u0080-\U0010ffff][\w$]*")
_NUMBER = re.compile(r"(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_LINE_COMMENT = re.compile(r"--[^\r\n]*")
_COMMENT_MARK = re.compile(r"/\*|\*/")
_DOLLAR_TAG = re.compile(r"\$(?:[A-Za-z_\u0080-\U0010ffff][\w]*)?\$")
_UNIT = re.compile(r"\s*(year|month|day|hour|minute|second)\b(\s+to\b|\s*\()?", re.IGNORECASE)
_NO_MATCH = re.compile(r"!~\*?(?![-+*/<>=~!@#%^&|?])")
_TYPES_BEFORE_STRINGS_WORDS = """
    date time timestamp timestamptz timetz interval json jsonb uuid numeric inet text boolean bool
"""
_TYPES_BEFORE_STRINGS = frozenset(_TYPES_BEFORE_STRINGS_WORDS.split())
_SPACE = " \t\n\r\f"
_PLAIN = frozenset("()[],.;:+-*/<>=~!@#%^&|?" + _SPACE)


def canonical(sql: str) -> str:
    """The same query, written plainly. Raises `QueryRefused`."""
    return _Lexer(sql).run()


class _Lexer:
    def __init__(self, sql: str) -> None:
        self._sql = sql
        self._at = 0
        self._out: list[str] = []

    def run(self) -> str:
        while self._at < len(self._sql):
            self._next()
        return "".join(self._out)

    def _next(self) -> None:
        sql, at = self._sql, self._at
        if special := self._SPECIAL.get(sql[at]):
            special(self)
        elif comment := _LINE_COMMENT.match(sql, at):
            self._emit("\n", comment.end())
        elif sql.startswith("/*", at):
            self._block_comment()
        elif word := _WORD.match(sql, at):
            self._word(word.group())
        elif number := _NUMBER.match(sql, at):
            self._number(number)
        else:
            self._symbol(sql[at])

    def _emit(self, text: str, end: int) -> None:
        self._out.append(text)
        self._at = end

    def _plain_string(self) -> None:
        self._string(self._quoted("'", "a string").replace("''", "'"))

    def _string(self, value: str) -> None:
        """A string, with the type that is written before it: sqlglot would bind a following :: to the string alone."""
        before = next((index for index in reversed(range(len(self._out))) if not self._out[index].isspace()), None)
        word = self._out[before].strip().lower() if before is not None else ""
        if before is None or word not in _TYPES_BEFORE_STRINGS:
            self._out.append(literal(value))
            return
        if word == "interval":
            value += self._interval_unit(value)
        self._out[before:] = [f"CAST({literal(value)} AS {word})"]

    def _interval_unit(self, value: str) -> str:
        unit = _UNIT.match(self._sql, self._at)
        if unit is None:
            return ""
        if unit.group(2) or not re.fullmatch(r"[+-]?\d+", value):
            refuse("Write the unit of an interval within its quotes, such as interval '1 day 2 hours'.")
        self._at = unit.end()
        return f" {unit.group(1)}"

    def _symbol(self, character: str) -> None:
        if negated := _NO_MATCH.match(self._sql, self._at):
            # sqlglot reads NOT (a ~ b), which binds otherwise. Written back as the operator that it was.
            self._emit(f" OPERATOR(pg_catalog.{negated.group()}) ", negated.end())
        elif character in _PLAIN:
            self._emit(character, self._at + 1)
        else:
            refuse(f"The character {quoted(ascii(character))} is not allowed outside of strings.")

    def _quoted(self, mark: str, what: str) -> str:
        """The text between two marks, doubled marks kept double. Steps over it."""
        found = re.compile(f"{mark}((?:[^{mark}]|{mark}{mark})*+){mark}").match(self._sql, self._at)
        if found is None:
            refuse(f"The query does not close {what}.")
        self._at = found.end()
        return found.group(1)

    def _identifier(self) -> None:
        name = self._quoted('"', "a quoted name")
        if not name or not name.isprintable():
            refuse("A quoted name must not be empty or hold control characters.")
        self._out.append(f'"{name}"')

    def _dollar_string(self) -> None:
        tag = _DOLLAR_TAG.match(self._sql, self._at)
        if tag is None:
            refuse("Parameters such as $1 are not allowed: write the value.")
        end = self._sql.find(tag.group(), tag.end())
        if end < 0:
            refuse("The query does not close a dollar-quoted string.")
        self._at = end + len(tag.group())
        self._string(self._sql[tag.end() : end])

    def _block_comment(self) -> None:
        depth = 0
        for mark in _COMMENT_MARK.finditer(self._sql, self._at):
            depth += 1 if mark.group() == "/*" else -1
            if depth == 0:
                self._emit(" ", mark.end())
                return
        refuse("The query does not close a comment.")

    def _word(self, word: str) -> None:
        end = self._at + len(word)
        following = self._sql[end : end + 2]
        if word.lower() == "u" and following in ("&'", '&"'):
            refuse("Names and strings with Unicode escapes (U&) are not allowed: write the characters.")
        if not word.replace("$", "_").isidentifier():
            refuse(f"The name {quoted(word)} has characters that need double quotes.")
        self._at = end
        if word.lower() == "interval" and self._sql[end:].lstrip(_SPACE).startswith("("):
            refuse("An interval with a precision in parentheses is not allowed: leave the precision out.")
        if following.startswith("'"):
            self._prefixed_string(word)
        else:
            self._out.append(word)

    def _prefixed_string(self, prefix: str) -> None:
        if prefix.lower() == "e":
            self._escape_string()
        elif prefix.lower() in ("b", "x"):
            digits = self._quoted("'", "a string")
            if not re.fullmatch("[0-9a-fA-F]*", digits):
                refuse("A bit string may hold digits only.")
            self._out.append(f"{prefix}'{digits}'")
        elif prefix.lower() == "n":
            refuse("National strings (N'…') are not allowed: write '…'.")
        else:
            self._out.append(f"{prefix} ")

    def _escape_string(self) -> None:
        found = re.compile(r"'((?:[^'\\]|''|\\.)*+)'", re.DOTALL).match(self._sql, self._at)
        if found is None:
            refuse("The query does not close a string.")
        self._at = found.end()
        self._string(decode_escapes(found.group(1)))

    def _number(self, number: re.Match[str]) -> None:
        following = self._sql[number.end() : number.end() + 1]
        if following == "_" or following.isalnum():
            refuse(f"Put a space after the number {quoted(number.group())}.")
        self._emit(number.group(), number.end())

    _SPECIAL: ClassVar[dict[str, Callable[["_Lexer"], None]]] = {
        "'": _plain_string,
        '"': _identifier,
        "$": _dollar_string,
    }
