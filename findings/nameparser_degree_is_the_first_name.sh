#!/bin/sh
# nameparser 1.4.0 (HumanName): the Indonesian degree behind a name is the person's first name.
# Guess: "Budi Santoso, S.T." has the suffix S.T., a bachelor of engineering, as "Budi Santoso, M.A." has its own.
# Seen: what stands behind the comma is the first name if it is not in the library's list: the person is called "S.T." and
# the family "Budi Santoso". So with S.H., S.Kom and S.E.; "S.Pd." is a title, "A.Md." a suffix. An officer or applicant who
# is addressed by the first name is called by a degree. The degrees have to be added to `CONSTANTS.suffix_acronyms`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check nameparser==1.4.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from nameparser import HumanName
from nameparser.config import CONSTANTS

SEEN = {
    "Budi Santoso, M.A.": "Budi",
    "Budi Santoso, S.T.": "S.T.",
    "Budi Santoso, S.Kom": "S.Kom",
    "Siti Rahman, S.H., M.H.": "S.H.",
    "Rina, S.E.": "S.E.",
    "Siti Aminah, A.Md.": "Siti",
}
seen = {name: HumanName(name).first for name in SEEN}
for name, first in seen.items():
    print(f"{name}: first name {first}")
CONSTANTS.suffix_acronyms.add("st")
added = HumanName("Budi Santoso, S.T.").first
print(f"S.T. added to the list: first name {added}")
raise SystemExit((seen, added) != (SEEN, "Budi"))
PYTHON
