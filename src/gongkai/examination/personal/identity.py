"""居民身份证号码 (GB 11643-1999): division, date of birth, serial number, check digit (ISO 7064 MOD 11-2)."""

from __future__ import annotations

from datetime import date

# GB/T 2260: the first two digits. 81 to 83: residence permits of people from Hong Kong, Macao and Taiwan.
_DIVISIONS = frozenset(
    f"{region}{place}"
    for region, places in zip("123456", ("12345", "123", "1234567", "123456", "01234", "12345"), strict=True)
    for place in places
) | {"71", "81", "82", "83"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def check_digit(body: str) -> str:
    """The eighteenth place of the seventeen digits."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


def is_identity(number: str, today: date) -> bool:
    """Whether eighteen places are a number that the police could have given out until today."""
    return looks_like_identity(number, today) and check_digit(number[:17]) == number[17]


def looks_like_identity(number: str, today: date) -> bool:
    """The same, whatever its check digit."""
    if len(number) != 18 or not number[:17].isdigit() or number[:2] not in _DIVISIONS:
        return False
    born = born_from(number)
    return born is not None and born.year >= 1900 and born <= today


def is_old_identity(number: str) -> bool:
    """Fifteen digits as given out until 1999; there is no check digit, so something must say what it is."""
    return len(number) == 15 and number.isdigit() and number[:2] in _DIVISIONS and born_from(number) is not None


def born_from(number: str) -> date | None:
    """The date of birth in a number of fifteen or eighteen places; ``None`` when it is no date."""
    digits = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
