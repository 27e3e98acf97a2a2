"""Check digits of register numbers. A check digit finds typing errors; it is no evidence that a number was issued."""

from typing import Final

# Luhn: every second digit from the right is doubled and its digits added.
DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
# The prefix 80840 (health applications, United States) adds this to the Luhn sum of an NPI.
NPI_PREFIX_SUM: Final = 24
LANR_WEIGHTS: Final = (4, 9, 4, 9, 4, 9)


def has_luhn(number: str) -> bool:
    """Luhn check digit at the end (ISO/IEC 7812-1)."""
    return luhn_sum(number) % 10 == 0


def has_npi_check(number: str) -> bool:
    """Check digit of a US NPI: Luhn over 80840 and the ten digits (45 CFR 162.406, CMS check digit paper)."""
    return (luhn_sum(number) + NPI_PREFIX_SUM) % 10 == 0


def has_lanr_check(number: str) -> bool:
    """Check digit of a German LANR, the seventh digit: digits 1–6 times 4, 9, 4, 9, 4, 9, complement of the sum to 10.

    Source: KBV guideline on physician and practice numbers (§ 75 (7) SGB V).
    """
    total = sum(int(digit) * weight for digit, weight in zip(number, LANR_WEIGHTS, strict=False))
    return (total + int(number[6])) % 10 == 0


def has_ean_check(number: str) -> bool:
    """GS1 check digit at the end: weights 3 and 1 alternate from the right (GS1 General Specifications)."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0


def has_npwz_check(number: str) -> bool:
    """Check digit of a Polish NPWZ, the first digit: the others times 1 … 6, modulo 11; zero is never issued."""
    total = sum(weight * int(digit) for weight, digit in enumerate(number[1:], start=1))
    return total % 11 == int(number[0]) != 0


def luhn_sum(number: str) -> int:
    """The Luhn sum of a string of ASCII digits, check digit included."""
    digits = [ord(digit) - 48 for digit in reversed(number)]
    return sum(digits[0::2]) + sum(DOUBLED[digit] for digit in digits[1::2])
