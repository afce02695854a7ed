#!/bin/sh
# presidio-analyzer 2.2.365: one Indonesian identity number in ten is a credit card, the others are nothing.
# Guess: a NIK is found as an identity number, or all of them are left.
# Seen: 16 digits that begin with 3, 5 or 6, as those of Java, Bali and Kalimantan do, count as a card wherever the card's
# check digit happens to be right: one in ten, with the highest score. Those of Sulawesi, with 7, never. No recognizer knows
# the NIK, so nine of ten stay in the text, and a trial with one or two numbers proves nothing. A recognizer of its own is
# needed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check presidio-analyzer==2.2.365 python-stdnum==2.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from presidio_analyzer import predefined_recognizers as known
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer
from stdnum.id import nik

cards = CreditCardRecognizer()


def found(region):
    """Scores of the cards among a thousand numbers of one region, born on one day."""
    numbers = [f"{region}010190{number:04}" for number in range(1, 1001)]
    if not all(map(nik.is_valid, numbers)):
        raise SystemExit("these are no identity numbers")
    results = [cards.analyze(number, ["CREDIT_CARD"]) for number in numbers]
    return len([each for each in results if each]), {one.score for each in results for one in each}


seen = {name: found(region) for name, region in (("Pemalang", "332701"), ("Denpasar", "517101"), ("Makassar", "737101"))}
others = [name for name in dir(known) if name.startswith("Id") or "Indonesia" in name]
for name, (number, scores) in seen.items():
    print(f"{name}: {number} of 1000 are a card, score {scores}")
print(f"recognizers for Indonesia: {others}")
raise SystemExit(
    (list(seen.values()), others) != ([(100, {1.0}), (99, {1.0}), (0, set())], [])
)
PYTHON
