"""What can be told from a person's name: how it sorts, its initials, and whether two names may be one person.

A guess by rule, for suggestions only: people correct it in the admin.
"""

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable

PARTICLES = {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "la", "le", "al", "el", "bin", "ap"}
SUFFIXES = {"obe", "mbe", "cbe", "phd", "kc", "mp", "jr", "sr"}
TITLES = {"dr", "prof", "professor", "sir", "dame", "lord", "lady", "baroness", "mr", "mrs", "ms", "miss", "mx", "rev"}
SHORT_FORMS = (
    {"stephanie", "steph", "stefanie", "stef", "steffi"},
    {"alexander", "alexandra", "alex", "sandy", "sasha", "lex"},
    {"andrew", "andy", "drew"},
    {"anthony", "antony", "tony"},
    {"benjamin", "ben", "benji"},
    {"catherine", "katherine", "kathryn", "kate", "katie", "cath", "kathy", "cathy", "kat"},
    {"charles", "charlie", "charlotte", "lottie"},
    {"christopher", "chris", "christine", "christina", "kris"},
    {"daniel", "dan", "danny", "danielle", "dani"},
    {"david", "dave", "dai"},
    {"edward", "ed", "eddie", "ted"},
    {"elizabeth", "liz", "beth", "lizzie", "eliza", "betty", "libby"},
    {"frances", "francis", "fran", "frank"},
    {"geoffrey", "jeffrey", "geoff", "jeff"},
    {"gregory", "greg"},
    {"jacqueline", "jackie", "jacqui"},
    {"james", "jim", "jamie"},
    {"jennifer", "jen", "jenny", "jenni"},
    {"jessica", "jess"},
    {"jonathan", "jon", "john", "jonny"},
    {"joseph", "joe", "josephine", "jo", "joanna", "joanne"},
    {"joshua", "josh"},
    {"kenneth", "ken"},
    {"lawrence", "laurence", "larry", "laurie"},
    {"margaret", "maggie", "meg", "peggy"},
    {"martin", "marty"},
    {"matthew", "matt"},
    {"michael", "mike", "mick", "micky"},
    {"michelle", "shelly", "chelle"},
    {"mohammed", "muhammad", "mohammad", "mo"},
    {"natalie", "nat", "nathan", "nathaniel"},
    {"nicholas", "nick", "nicola", "nicky", "nicole", "nikki"},
    {"patricia", "pat", "trish", "patrick", "paddy"},
    {"penelope", "penny"},
    {"peter", "pete"},
    {"philip", "phillip", "phil", "philippa", "pippa"},
    {"rebecca", "becky", "becca", "bex"},
    {"richard", "rich", "rick", "dick"},
    {"robert", "rob", "bob", "robbie", "bobby"},
    {"ronald", "ron"},
    {"samuel", "samantha", "sam", "sammy"},
    {"simon", "si"},
    {"stephen", "steven", "steve", "ste"},
    {"susan", "sue", "susannah", "suzanne"},
    {"theodore", "theo"},
    {"theresa", "teresa", "tess"},
    {"thomas", "tom", "tommy"},
    {"timothy", "tim"},
    {"victoria", "vicky", "vicki", "tori"},
    {"william", "will", "bill", "liam", "billy"},
    {"zachary", "zach", "zak"},
)
ALIKE = 0.84  # of two family names; "Howarth" and "Howorth" are 0.86, "Brown" and "Browne" 0.91
NO_PART_OF_A_NAME = re.compile(r"[^\w\s-]")
GIVEN_ALIKE = 0.8  # of two given names beside the same family name; "Isobel" and "Isabel" are 0.83


def plain(text: str) -> str:
    """Lower case, no accents, only letters, hyphens and single spaces."""
    flat = text.replace("’", "'").replace("'", "")
    if not flat.isascii():  # most names are, and a list of them all asks for each
        flat = unicodedata.normalize("NFKD", flat)
        flat = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(NO_PART_OF_A_NAME.sub(" ", flat.casefold()).split())


def _parts(name: str) -> tuple[list[str], list[str]]:
    """(given names, family name with its particles)."""
    words = [w for w in plain(name).split() if w not in SUFFIXES]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    if len(words) < 2:
        return [], words
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return words[:start], words[start:]


def sort_name(name: str) -> str:
    """ "Ada van der Berg" → "van der Berg, Ada"; a single name stays as it is."""
    words = name.split()
    given, family = _parts(name)
    if not given or len(given) + len(family) != len(words):
        core = [w for w in words if plain(w) not in TITLES | SUFFIXES]
        return f"{core[-1]}, {' '.join(core[:-1])}" if len(core) > 1 else name
    return f"{' '.join(words[len(given) :])}, {' '.join(words[: len(given)])}"


def initials(name: str) -> str:
    """One or two letters for where there is no photo."""
    words = [w for w in name.split() if plain(w) not in TITLES | SUFFIXES and w[:1].isalpha()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [w[0] for w in words]
    return "".join(letters).upper() or "?"


def may_be_same_person(one: str, other: str) -> bool:
    """Whether two names are likely one person: same family name, and a given name that is a short form of the other."""
    if plain(one) == plain(other):
        return True
    given_one, family_one = _parts(one)
    given_other, family_other = _parts(other)
    if not given_one or not given_other:
        return False
    alike = difflib.SequenceMatcher(None, " ".join(family_one), " ".join(family_other)).ratio()
    return alike >= ALIKE and _given_names_agree(given_one[0], given_other[0], exact_family=alike == 1)


def _given_names_agree(one: str, other: str, *, exact_family: bool) -> bool:
    if one == other or any(one in group and other in group for group in SHORT_FORMS):
        return True
    if not exact_family:
        return False
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) or difflib.SequenceMatcher(None, one, other).ratio() >= GIVEN_ALIKE


def likely_doubles(name: str, known: Iterable[tuple[int, str]]) -> list[int]:
    """Keys of the known names that may be this person, in the order given."""
    family = _parts(name)[1]
    first = family[-1][:1] if family else ""
    found = [key for key, other in known if _has_word_in(other, first) and may_be_same_person(name, other)]
    return list(dict.fromkeys(found))


def _has_word_in(name: str, first: str) -> bool:
    """A cheap look before the long one: whether any word begins with that letter. Family names alike share theirs."""
    return not first or any(_letter(word[:1]) == first for word in name.split())


@functools.lru_cache(maxsize=1024)
def _letter(character: str) -> str:
    return plain(character)[:1]
