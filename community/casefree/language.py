"""Which language a text is in, as far as the guard must know: one it has a pack for, none to speak of, or another."""

import re
import tomllib
from functools import cache

from community.casefree.packs import DEFAULT, FOLDER, codes, pack

WORD = re.compile(r"[^\W\d_]{1,30}")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
#: Reading this much tells the language; the rest of a long text is in the same one.
SAMPLE = 1_500
#: Fewer words than this are a name, a title or a list of drugs, not a language.
WORDS_NEEDED = 5
#: So much of what stands before it tells the language of a fragment.
NEAR = 240
#: A post of so few words may be taken for a sister language.
FEW_WORDS = 14
PLAINLY = 0.25
#: Where no word is of the default language and letters carry accents, this much leans to another that has a pack.
HINT = 0.1
SHARE_NEEDED, KINDS_NEEDED = 0.16, 2
SCRIPT_SHARE = 0.4
#: Letters of Arabic with their marks; Persian, Urdu, Kurdish and others have some of their own.
ARABIC = re.compile("[\u0621-\u065f\u0670A-Za-z]{1,30}")
#: Letters that other languages of the script hardly use.
ARABIC_ONLY = re.compile("[\u0629\u0623\u0625\u0649\u0624\u064b]")
ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال")
#: So many of its words are common ones or carry the article; Persian typed on an Arabic keyboard has hardly any.
SCRIPT_WORDS = 0.15


@cache
def _common() -> dict[str, frozenset[str]]:
    others = tomllib.loads((FOLDER / "others.toml").read_text(encoding="utf-8"))["common"]
    return {code: pack(code).common for code in codes()} | {code: frozenset(w.split()) for code, w in others.items()}


def language_of(text: str) -> str:
    """ISO 639-1 code of the language, or `zz` for one in another script; the default where there is too little to tell."""
    sample = text[:SAMPLE]
    words = WORD.findall(sample.lower())
    if not words:
        return DEFAULT
    letters = sum(map(len, words))
    foreign = 0 if sample.isascii() else sum(len(word) for word in words if not LATIN.match(word))
    if letters >= 8 and foreign / letters > SCRIPT_SHARE:
        return _in_its_script(words)
    if len(words) < WORDS_NEEDED:
        return DEFAULT
    own = _common()[DEFAULT]
    if sum(map(own.__contains__, words)) > PLAINLY * len(words):
        return DEFAULT
    known = [word for word in words if len(word) > 1]
    shares = {code: sum(word in common for word in known) / len(words) for code, common in _common().items()}
    best = max(shares, key=lambda code: (shares[code], code == DEFAULT))
    if has_pack(best) and not shares[DEFAULT] and shares[best] >= HINT and not text.isascii():
        return best
    is_clear = shares[best] >= SHARE_NEEDED and shares[best] > 1.5 * shares[DEFAULT]
    return best if is_clear and len({word for word in known if word in _common()[best]}) >= KINDS_NEEDED else DEFAULT


def language_after(before: str, text: str) -> str:
    """The language of a few words by what their author wrote before them; nothing where the words tell it themselves."""
    if not before or text.count(" ") >= FEW_WORDS:
        return ""
    whole = language_of(f"{before[-NEAR:]}\n{text}")
    return whole if whole != DEFAULT and has_pack(whole) else ""


def _in_its_script(words: list[str]) -> str:
    """Arabic where the letters are Arabic's alone and its common words are among them; `zz` for others of the script."""
    written = [word for word in words if not LATIN.match(word)]
    if not all(ARABIC.fullmatch(word) for word in written):
        return "zz"
    if len(written) < WORDS_NEEDED:
        return "ar"
    said = sum(
        word in _common()["ar"] or word.startswith(ARTICLES) or bool(ARABIC_ONLY.search(word)) for word in written
    )
    return "ar" if said >= SCRIPT_WORDS * len(written) else "zz"


def has_pack(code: str) -> bool:
    return code in codes()
