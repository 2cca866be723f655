"""Endless inputs from a few: bits flipped, parts cut, doubled, swapped and joined, and pieces that break parsers put in.

For the bounded run: deterministic, and without a tool that has to be installed. `make fuzz` is led by coverage instead.
"""

import random
from collections.abc import Iterator, Sequence

_PIECES = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xf4\x8f\xbf\xbf", b"\xc3", b"\n", b"\r", b"%00", b"%ff", b"%", b"&", b"="),
    *(
        b"[" * 3_000,
        b'{"a":' * 50,
        b"9" * 400,
        b"-1",
        b"1e999",
        b"NaN",
        b"null",
        b"true",
        b'""',
        b"[]",
        b"{}",
        b"\\ud800",
    ),
    *(
        b"99999999999999999999",
        b"'",
        b'"',
        b"*x",
        b"&x ",
        b"!!python/object:os.system x",
        b": ",
        b"PK\x03\x04",
        b"A1:XFD9",
    ),
    *(
        "ﷺ".encode(),
        "²".encode(),
        "٣".encode(),
        "\u202e".encode(),
        "\u200d".encode(),
        "a\u0301".encode() * 40,
        "İ".encode(),
    ),
)


def mutations(seeds: Sequence[bytes], number: int) -> Iterator[bytes]:
    """Yield the seeds, and as many mutations of them; the same each time."""
    chance = random.Random(20261129)
    yield from seeds
    for _ in range(number):
        content = chance.choice(seeds)
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            content = _changed(content, seeds, chance)
        yield content[:20_000]


def _changed(content: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = sorted((chance.randint(0, len(content)), chance.randint(0, len(content))))
    before, part, after = content[:begin], content[begin:end], content[end:]
    piece = chance.choice(_PIECES)
    ways = (
        before + bytes([chance.randrange(256)]) + content[begin + 1 :],
        before + after,
        before + part * chance.choice((2, 3, 30)) + after,
        before + piece + after,
        before + piece + part + after,
        before + chance.choice(seeds)[begin:],
        after + part + before,
    )
    return chance.choice(ways)
