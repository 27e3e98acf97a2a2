"""Groups of ISCO-08 unit groups that registers cover, and what the imported registers' own codes mean in ISCO-08.

Only the leading letters and digits of US taxonomy codes are read; the code set itself is not reproduced here.
"""

from typing import Final

DOCTORS: Final = frozenset({"2211", "2212"})
NURSES: Final = frozenset({"2221"})
MIDWIVES: Final = frozenset({"2222"})
DENTISTS: Final = frozenset({"2261"})
PHARMACISTS: Final = frozenset({"2262"})
PHYSIOTHERAPISTS: Final = frozenset({"2264"})
DIETITIANS: Final = frozenset({"2265"})
SPEECH_AND_HEARING: Final = frozenset({"2266"})
OPTOMETRISTS: Final = frozenset({"2267"})
OTHER_HEALTH: Final = frozenset({"2269"})
PSYCHOLOGISTS: Final = frozenset({"2634"})
PARAMEDICS: Final = frozenset({"2240", "3258"})
RADIOGRAPHERS: Final = frozenset({"3211"})
LABORATORY: Final = frozenset({"3212"})

ALLIED: Final = (
    PHYSIOTHERAPISTS
    | DIETITIANS
    | SPEECH_AND_HEARING
    | OTHER_HEALTH
    | PSYCHOLOGISTS
    | PARAMEDICS
    | RADIOGRAPHERS
    | LABORATORY
)
EVERY_CLINICIAN: Final = DOCTORS | NURSES | MIDWIVES | DENTISTS | PHARMACISTS | OPTOMETRISTS | ALLIED

# Longest prefix wins. Source: NUCC code values as CMS publishes them in the NPPES code value document.
_US_TAXONOMY: Final[dict[str, frozenset[str]]] = {
    "202": DOCTORS,
    "204": DOCTORS,
    "207": DOCTORS,
    "208": DOCTORS,
    "163W": NURSES,
    "164": frozenset({"3221"}),
    "363L": NURSES,
    "364S": NURSES,
    "3675": NURSES,
    "363A": frozenset({"2240"}),
    "367A": MIDWIVES,
    "176B": MIDWIVES,
    "1223": DENTISTS,
    "1835": PHARMACISTS,
    "2251": PHYSIOTHERAPISTS,
    "133V": DIETITIANS,
    "152W": OPTOMETRISTS,
    "231H": SPEECH_AND_HEARING,
    "235Z": SPEECH_AND_HEARING,
    "225X": OTHER_HEALTH,
    "213E": OTHER_HEALTH,
    "111N": OTHER_HEALTH,
    "103": PSYCHOLOGISTS,
    "146L": PARAMEDICS,
    "2471": RADIOGRAPHERS,
    "246Q": LABORATORY,
}
# "Code profession" of the RPPS open data. Source: nomenclature TRE_G15 of the French health data agency.
_FR_PROFESSION: Final[dict[str, frozenset[str]]] = {
    "10": DOCTORS,
    "21": PHARMACISTS,
    "26": SPEECH_AND_HEARING,
    "40": DENTISTS,
    "50": MIDWIVES,
    "60": NURSES,
    "70": PHYSIOTHERAPISTS,
    "80": OTHER_HEALTH,
    "86": LABORATORY,
    "91": SPEECH_AND_HEARING,
    "92": OPTOMETRISTS,
    "93": PSYCHOLOGISTS,
    "94": OTHER_HEALTH,
    "95": DIETITIANS,
    "96": OTHER_HEALTH,
    "98": RADIOGRAPHERS,
}


def professions_of(register: str, codes: str) -> frozenset[str]:
    """ISCO-08 codes that a register entry's own codes (separated by spaces) stand for; empty when none is known."""
    meanings = {"npi": _us_profession, "rpps": _fr_profession}
    meaning = meanings.get(register)
    return frozenset().union(*(meaning(code) for code in codes.split())) if meaning else frozenset()


def _us_profession(code: str) -> frozenset[str]:
    return _US_TAXONOMY.get(code[:4]) or _US_TAXONOMY.get(code[:3]) or frozenset()


def _fr_profession(code: str) -> frozenset[str]:
    return _FR_PROFESSION.get(code.partition("/")[0], frozenset())
