"""The lines of a text file, in bounded memory. Bytes of another encoding become surrogates, which converters reject."""

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from buster_jobs.packages.errors import InvalidInput

MOST_CHARACTERS = 8_000_000
"""The limit for a line, and for a field of a CSV file."""

_CHUNK = 1 << 18
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class TextLines:
    """Iterates over lines, each with "\\n" at its end except perhaps the last.

    `number` is that of the last line, `characters` how many have been read so far. `too_long` has the numbers of lines
    beyond the limit, which come out empty.
    """

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self.number = self.characters = 0
        self.too_long: set[int] = set()
        self._file = file
        start = self._read()
        mark, self._encoding = next(
            ((mark, name) for mark, name in _MARKS if start.startswith(mark)), (b"", checked_encoding(encoding))
        )
        self._decoder = codecs.getincrementaldecoder(self._encoding)("surrogateescape")
        self.sample = self._decode(start[len(mark) :])
        # Files of old Macs end lines with a carriage return alone.
        self._end = "\r" if "\r" in self.sample and "\n" not in self.sample else "\n"

    def __iter__(self) -> Iterator[str]:
        rest, skipping = "", False
        for chunk in self._chunks():
            *lines, rest = (rest + chunk).split(self._end)
            self.characters += len(chunk)
            for line in lines:
                self.number += 1
                if skipping or len(line) > MOST_CHARACTERS:
                    self.too_long.add(self.number)
                    skipping = False
                    line = ""  # noqa: PLW2901 - the start of the line was dropped
                yield f"{line}\n"
            if len(rest) > MOST_CHARACTERS:
                rest, skipping = "", True
        if rest or skipping:
            self.number += 1
            if skipping:
                self.too_long.add(self.number)
            yield rest

    def _chunks(self) -> Iterator[str]:
        yield self.sample
        while block := self._read():
            yield self._decode(block)
        yield self._decode(b"", final=True)

    def _decode(self, block: bytes, *, final: bool = False) -> str:
        try:
            return self._decoder.decode(block, final)
        except UnicodeError:
            raise InvalidInput(f"The file is not in {self._encoding}: declare its encoding.") from None

    def _read(self) -> bytes:
        try:
            return self._file.read(_CHUNK)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile):  # what decompression raises
            raise InvalidInput("The file cannot be read to its end: it is damaged, or still being written.") from None


def checked_encoding(name: str) -> str:
    """The name. Raises `InvalidInput` for one that Python does not know as a text encoding."""
    try:
        "a".encode(name)
    except (LookupError, TypeError, ValueError):
        raise InvalidInput(f"There is no text encoding {name!r}: try utf-8, utf-16 or cp1252.") from None
    return name
