"""How hard a text is to read: LIX, a count that needs no dictionary and so says the same everywhere.

LIX = words a sentence + per cent of words of more than six letters (C.-H. Björnsson, Läsbarhet, 1968). Below 30 is very
easy, 40 is a daily newspaper, above 50 is hard. Our readers often read in their second or third language.
"""

import re
from collections.abc import Iterable

_LONG_WORD = 7  # letters
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:](?=\W|\Z)")


def lix(texts: Iterable[str]) -> float:
    """Return the index of a text given block by block; a block is a sentence at least. 0 where there is no word."""
    words = long_words = sentences = 0
    for text in texts:
        plain = _LINK_TARGET.sub("]", text)
        found = _WORD.findall(plain)
        words += len(found)
        long_words += sum(len(word) >= _LONG_WORD for word in found)
        sentences += max(1, len(_SENTENCE_END.findall(plain))) if found else 0
    return words / sentences + 100 * long_words / words if words else 0.0
