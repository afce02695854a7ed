#!/bin/sh
# mrz 0.6.2: a name that is longer than the line of a passport is refused.
# Guess: a generator of passports' machine-readable lines cuts a long name to the 39 letters there are, as the rules for such
# documents (ICAO 9303) have it; its checker reads such cut names.
# Seen: it raises LengthError, so that test data has no long names, which are common in Indonesia. The checker of the same package
# takes the cut name, and says that it may be cut. Who makes lines has to cut before; a name of one word, without a
# surname, is written as it should be.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check mrz==0.6.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from mrz.checker.td3 import TD3CodeChecker
from mrz.generator.td3 import TD3CodeGenerator


def lines(surname, names):
    """The two lines of a made-up passport, or what is raised."""
    try:
        return str(TD3CodeGenerator("P", "IDN", surname, names, "X1234567", "IDN", "900101", "F", "310101"))
    except Exception as error:
        return type(error).__name__


one = lines("SULASTRI", "")
long = lines("KUSUMANINGRAT", "SITI NURUL FATIMAH AZ ZAHRA RAMADHANI")
cut = "P<IDNKUSUMANINGRAT<<SITI<NURUL<FATIMAH<AZ<ZA"
checker = TD3CodeChecker(f"{cut}\n{one.splitlines()[1]}")
seen = {
    "one word": one.splitlines()[0].rstrip("<"),
    "a long name": long,
    "the checker, cut": (bool(checker), checker.report.warnings),
}
for label, outcome in seen.items():
    print(f"{label}: {outcome}")
SEEN = {
    "one word": "P<IDNSULASTRI",
    "a long name": "LengthError",
    "the checker, cut": (True, ["possible truncating"]),
}
raise SystemExit(seen != SEEN)
PYTHON
