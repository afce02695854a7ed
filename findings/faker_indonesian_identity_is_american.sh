#!/bin/sh
# Faker 40.63.0, locale id_ID: the identity number of an invented Indonesian is an American one.
# Guess: `Faker("id_ID").ssn()` is a NIK of 16 digits, and `phone_number()` one that could be dialled.
# Seen: "138-73-1034", a US social security number: what a locale does not have is taken from en_US without a word. Half of
# the phone numbers are none of Indonesia's by phonenumbers: "+62 (070) ...", "(009) ...". Tests with such data try
# only what happens to numbers of the wrong kind; both have to be made by oneself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check Faker==40.63.0 phonenumbers==9.0.43 python-stdnum==2.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import phonenumbers
from faker import Faker
from stdnum.id import nik
from stdnum.us import ssn

Faker.seed(1)
fake = Faker("id_ID")


def is_dialled(number):
    """Whether it could be a number of Indonesia."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "ID"))
    except phonenumbers.NumberParseException:
        return False


identities = [fake.ssn() for _ in range(1000)]
phones = [fake.phone_number() for _ in range(1000)]
niks, americans = sum(map(nik.is_valid, identities)), sum(map(ssn.is_valid, identities))
dialled = sum(map(is_dialled, phones))
print(f"{identities[:3]}: of 1000, {niks} are a NIK, {americans} are American")
print(f"{phones[:3]}: of 1000, {dialled} could be dialled")
raise SystemExit(not (niks == 0 and americans > 900 and 300 < dialled < 700))
PYTHON
