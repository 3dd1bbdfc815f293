"""Values as people write them - dates, numbers, identifiers - and as ASP terms."""

import re

from reasoner.errors import quote

OPEN_END = "99991231"
FIRST_YEAR, LAST_YEAR = 1900, 2100
STATUS_WORDS = {
    "yes": "stated",
    "true": "stated",
    "no": "denied",
    "false": "denied",
    "unknown": "unknown",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


IDENTIFIER = r"[a-z][a-z0-9_]*"
_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_LOOSE_DATE = r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})([T ].*)?"


def check_identifier(text: str) -> str:
    """Check the identifier of an entity.

    Args:
        text: the identifier as written

    Returns:
        The identifier.

    Raises:
        ValueError: it is not one; arguments are a message and a hint.
    """
    if text in STATUS_WORDS or text == "not":
        raise ValueError(
            f"'{text}' cannot be an identifier, because the word has a meaning of its own",
            f"write {text}_1 or another word",
        )
    if re.fullmatch(IDENTIFIER, text):
        return text
    plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    plain = plain if plain[:1].isalpha() else f"x{plain}" if plain else ""
    usable = re.fullmatch(IDENTIFIER, plain) and len(plain) <= 40
    raise ValueError(
        f"{quote(text)} is not an identifier: "
        "it takes small letters, digits and underscores, and begins with a letter",
        f"write {plain}" if usable else "for example ana or second_letter",
    )


def date_term(text: str) -> str:
    match = re.fullmatch(_DATE, text)
    if not match:
        loose = re.fullmatch(_LOOSE_DATE, text)
        written = ""
        if loose:
            written = f"{loose[1]}-{loose[2].zfill(2)}-{loose[3].zfill(2)}"
            written = "" if _name_impossible(*map(int, loose.groups()[:3])) else written
        raise ValueError(
            f"{quote(text)} is not a date",
            f"write {written}" if written else "write year-month-day, for example 2022-09-01",
        )
    year, month, day = map(int, match.groups())
    reason = _name_impossible(year, month, day)
    if reason:
        raise ValueError(f"there is no day {text}: {reason}", "")
    term = "".join(match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR and term != OPEN_END:
        raise ValueError(
            f"{text} is outside the calendar, which runs from {FIRST_YEAR} to {LAST_YEAR}", ""
        )
    return term


def _name_impossible(year: int, month: int, day: int) -> str:
    """Say why there is no such day in the calendar, or nothing when there is one."""
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = 30 if month in (4, 6, 9, 11) else 31
    if month == 2:
        days = 29 if leap else 28
    if 1 <= day <= days:
        return ""
    return f"{MONTHS[month - 1]} {year} has {days} days" if day else "a month begins with day 1"


def number_term(text: str) -> str:
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        raise ValueError(f"{quote(text)} is not a whole number", "write digits only, for example 3")
    if len(text) > 11 or not -(2**31) < int(text) < 2**31:
        raise ValueError(f"{quote(text)} is too large a number", "")
    return str(int(text))


def with_article(noun: str) -> str:
    """Put the indefinite article before a noun."""
    return f"an {noun}" if noun[:1].lower() in "aeio" else f"a {noun}"


def split_arguments(text: str) -> tuple[str, ...]:
    """The arguments of an atom, from the text between its outer brackets."""
    if not text:
        return ()
    if "(" not in text and '"' not in text:
        return tuple(text.split(","))
    parts, depth, start, quoted = [], 0, 0, False
    for place, sign in enumerate(text):
        if sign == '"' and text[place - 1] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return tuple(parts)
