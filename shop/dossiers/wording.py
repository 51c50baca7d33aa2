"""How the sheets' printed labels are shown: no walls of capitals, every word as it is."""

KEPT = frozenset({"OCOP", "HTX", "ISO", "HACCP", "GMP", "VIETGAP", "GLOBALGAP", "QR", "UBND"})
LEAST_WORDS = 2


def sentence_case(label: str) -> str:
    """Return a label whose beginning is in capitals as a sentence; any other as it is."""
    words = label.split(" ")
    loud = next((place for place, word in enumerate(words) if word != word.upper()), len(words))
    if sum(word.isupper() for word in words[:loud]) < LEAST_WORDS:
        return label
    calm = [word if word.strip("(),.;:") in KEPT else word.lower() for word in words[:loud]]
    text = " ".join([*calm, *words[loud:]])
    return text[:1].upper() + text[1:]
