#!/bin/sh
# id-address 0.1.0a2: the subdistrict becomes the city, and the regency the province.
# Guess: an address as it stands on an identity card, each part with its word (Desa, Kec., Kab.), is read by these words.
# Seen: the last two parts behind commas are city and province, whatever word stands before them: "Kec. Petarukan" is the
# city and "Kab. Pemalang" the province. With the province behind it the city is right. Village and subdistrict are None
# in each, a "Kota Tegal" alone is no city, and `parse_warnings` stays empty. The words have to be read first.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check id-address==0.1.0a2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from id_address import AddressParser

SEEN = {
    "Dusun Krajan, Desa Petarukan, Kec. Petarukan, Kab. Pemalang 52362": ("Kec. Petarukan", "Kab. Pemalang"),
    "Jl. Merdeka No. 5, Kec. Taman, Kab. Pemalang, Jawa Tengah": ("Kab. Pemalang", "Jawa Tengah"),
    "Jl. Merdeka No. 5, Kota Tegal": (None, None),
}
seen, others = {}, []
for address in SEEN:
    parts = AddressParser().parse(address).components
    seen[address] = (parts.city, parts.province)
    others += [parts.kelurahan, parts.kecamatan, *parts.parse_warnings]
    print(f"{address}: city {parts.city}, province {parts.province}, subdistrict {parts.kecamatan}")
raise SystemExit(seen != SEEN or any(others))
PYTHON
