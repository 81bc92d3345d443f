"""Strings of PostgreSQL's SQL: plain spelling, and what the backslashes of E'…' mean."""

import re

from buster_jobs.packages.data_sources.guard.refusal import refuse

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
