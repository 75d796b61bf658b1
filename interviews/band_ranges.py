"""The bands at which a question is asked, in words."""

#: What is said of a range that is open at one end.
AND_ABOVE, UP_TO = " and above", "Up to "


def band_range_in_words(lowest: str, highest: str) -> str:
    """From the one band to the other, by their titles; one that is empty is open."""
    if not highest:
        return f"{lowest}{AND_ABOVE}" if lowest else ""
    if not lowest:
        return f"{UP_TO}{highest}"
    return lowest if lowest == highest else f"{lowest} to {highest}"
