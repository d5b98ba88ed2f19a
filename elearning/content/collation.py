"""The order of words in a list, by the alphabet of each language.

A plain key in place of ICU, good for lists of terms. It follows the order of CLDR in what readers notice:

- the letters of an alphabet in its order (Spanish ñ after n, Turkish ç ı ğ, Persian پ چ ژ گ and و before ه), whichever
  case they have; the letters of the page's own script come before all others
- other accents, harakat, tatweel and joiners are put aside: é is e, أ is ا; where nothing else differs, they decide
- Chinese by pinyin for the 3,755 most common characters, which GB 2312 lists in that order; rarer ones follow by
  radical and strokes. A character with several readings has one place, so that 重 stands under zhong alone
- words before their compounds: a space, and any mark between words, comes before every letter, and digits after it
"""

import unicodedata

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    "ar": "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "fa": "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
}
# Letters that no decomposition leads to the letter under which dictionaries list them.
_LISTED_UNDER = {
    "ar": {"ة": "ت", "ى": "ي"},
    "fa": {"ة": "ه", "ك": "ک", "ي": "ی", "ى": "ی"},
}
# Letters that people type for others: أزمه for أزمة.
_TYPED_FOR = {"ar": {"ة": "ه"}}
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
_SPACE, _DIGIT, _OWN, _OTHER = range(4)
_PINYIN_ENDS = 0xD7F9  # the last character that GB 2312 lists by its reading

SortKey = tuple[tuple[tuple[int, int], ...], str]


def sort_key(text: str, language: str) -> SortKey:
    """Return the key by which texts of a language are sorted; `language` is its code."""
    letters = "".join(_letters(text, language))
    places = [_place(letter, language) for letter in letters]
    words = [place for at, place in enumerate(places) if place[0] != _SPACE or (at and places[at - 1][0] != _SPACE)]
    return tuple(words), unicodedata.normalize("NFC", text)


def search_key(text: str, language: str) -> str:
    """Return a text as a search compares it: small letters without accents, marks between words as one space."""
    letters = _letters(text, language)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def typed_key(text: str, language: str) -> str:
    """Return a text as a search compares it that people type into: letters that are typed for one another are one."""
    typed = _TYPED_FOR.get(language, {})
    return search_key("".join(typed.get(letter, letter) for letter in text), language)


def folding(language: str) -> dict[str, str]:
    """Return the letters that typed_key takes for others, beside those that differ by case or accents alone."""
    return _LIGATURES | _LISTED_UNDER.get(language, {}) | _TYPED_FOR.get(language, {})


def _letters(text: str, language: str) -> str:
    """Return a text in small letters, each in the form under which it is listed."""
    text = unicodedata.normalize("NFC", text)
    if language == "tr":
        text = text.replace("I", "ı").replace("İ", "i")
    alphabet, listed = _ALPHABETS.get(language, _LATIN), _LISTED_UNDER.get(language, {})
    found = []
    for letter in text.casefold():
        plain = letter if letter in alphabet else _LIGATURES.get(letter, unicodedata.normalize("NFKD", letter))
        found += [listed.get(part, part) for part in plain if unicodedata.category(part) not in {"Mn", "Cf", "Lm"}]
    return "".join(found)


def _place(letter: str, language: str) -> tuple[int, int]:
    if letter.isdecimal():
        return _DIGIT, unicodedata.decimal(letter)
    if not letter.isalpha():
        return _SPACE, 0
    if language == "zh":
        return _place_by_pinyin(letter)
    at = _ALPHABETS.get(language, _LATIN).find(letter)
    return (_OWN, at) if at >= 0 else (_OTHER, ord(letter))


def _place_by_pinyin(letter: str) -> tuple[int, int]:
    code = int.from_bytes(letter.encode("gb2312", errors="ignore"), "big")
    if 0xB0A1 <= code <= _PINYIN_ENDS:
        return _OWN, code
    is_han = unicodedata.name(letter, "").startswith("CJK")
    return (_OWN, 0x10000 + ord(letter)) if is_han else (_OTHER, ord(letter))
