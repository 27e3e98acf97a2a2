"""Which language a text is in, and the light stems of Spanish, French and Arabic words.

The stems take away number and gender only, after J. Savoy's light stemmers ("Light stemming approaches for the French,
Portuguese, German and Hungarian languages", 2006) and Larkey, Ballesteros and Connell's light10 for Arabic (2002). So
"warfarina", "warfarine" and "warfarin" meet, and no word is taken for another by its sense.
"""

from collections.abc import Callable
from functools import lru_cache

from search.stemming import stem

ENGLISH = "en"
READ = 600
# Words that tell the languages apart; they say nothing of what a text is about and are not searched for.
STOP_WORDS = {
    "es": frozenset(
        """al algun alguna algunos ante aqui como con contra cual cuando de del desde donde el ella ellos en entre era
        es esa ese eso esta este esto estos fue ha hace han hay la las le les lo los mas me mi mis mucho muy nada ni no
        nos nosotros o otra otro para pero poco por porque puede que quien se ser si sin sobre son su sus tambien te
        tiene tienen todo todos tras tu un una unas uno unos usted y ya""".split()  # noqa: SIM905
    ),
    "fr": frozenset(
        """a ai apres au aussi aux avec avez avons c ce ces cet cette chez comme d dans de des donc du elle elles en
        entre est et etait ete etre eu fait faut il ils j je l la le les leur lors mais mes moi mon n ne nos notre nous
        on ont ou par pas peut plus pour qu quand que quel quelle quelles quels qui s sa sans se ses si son sont sous
        sur ta tous tout tres tu un une vos votre vous y""".split()  # noqa: SIM905
    ),
    ENGLISH: frozenset(
        """a after all an and any are as at be been by can do does for from had has have how i if in is it its my no
        not of on or our should than that the their there this to was we were what when which who will with would
        you""".split()  # noqa: SIM905
    ),
}
MARKS = {"es": ("ñ", "¿", "¡", "ción", "miento"), "fr": ("ç", "è", "ê", "à ", "œ", "eux ", " l'", " l’", " d'", " d’")}
ARABIC_FROM, ARABIC_TO = "\u0600", "\u06ff"


def language_of(*texts: str) -> str:
    """`es` or `fr` where the little words say so, else empty: English, another language, or too short to say.

    Arabic needs no such guess: each of its words says what it is by its letters.
    """
    likely = likely_languages(*texts)
    return likely[0] if len(likely) == 1 else ""


def likely_languages(*texts: str) -> tuple[str, ...]:
    """Both where they are as likely: "de la" is French and Spanish."""
    text = " ".join(each[:READ] for each in texts).casefold()
    words = text.translate(_ACCENTS).split()
    known = {name: sum(word in common for word in words) for name, common in STOP_WORDS.items()}
    counts = {name: known[name] + sum(mark in text for mark in marks) for name, marks in MARKS.items()}
    most = max(counts.values())
    return tuple(name for name in counts if counts[name] == most) if most > max(1, known[ENGLISH]) else ()


def is_little_word(word: str, languages: tuple[str, ...]) -> bool:
    """Whether a folded word says nothing in one of these languages; of English, see analysis."""
    return any(word in STOP_WORDS[each] for each in languages if each != ENGLISH and each in STOP_WORDS)


def stem_in(word: str, language: str) -> str:
    """The stem of a folded word; Arabic words by their letters, whatever the language of the text."""
    if word and ARABIC_FROM <= word[0] <= ARABIC_TO:
        return _arabic(word)
    if not word.isalpha():
        return word
    return _STEMS.get(language, stem)(word)


@lru_cache(maxsize=50_000)
def _spanish(word: str) -> str:
    if len(word) < 5:
        return word
    if word.endswith("eses"):
        return word[:-2]
    if word.endswith("ces"):
        return word[:-3] + "z"
    if word.endswith(("os", "as", "es")):
        return word[:-2]
    return word[:-1] if word.endswith(("o", "a", "e", "s")) else word


@lru_cache(maxsize=50_000)
def _french(word: str) -> str:
    if len(word) < 6:
        return word
    if word.endswith("aux"):
        return word[:-2] + "l"
    if word.endswith("x"):
        return word[:-1]
    for suffix in ("s", "r", "e", "e"):
        word = word.removesuffix(suffix)
    return word[:-1] if word[-1:] == word[-2:-1] else word


@lru_cache(maxsize=50_000)
def _arabic(word: str) -> str:
    word = word.replace("\u0640", "").replace("ى", "ي").replace("ة", "ه")
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for prefix in ("وال", "بال", "كال", "فال", "ال", "لل"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            word = word[len(prefix) :]
            break
    for suffix in ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
            break
    return word


# Without the accents that little words carry; punctuation parts words.
_ACCENTS = str.maketrans("áéíóúüàâèêëîïôùûç", "aeiouuaaeeeiiouuc") | dict.fromkeys(map(ord, "¿¡?!.,;:()'’"), " ")
_STEMS: dict[str, Callable[[str], str]] = {"es": _spanish, "fr": _french}
