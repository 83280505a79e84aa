#!/bin/sh
# Copies the laws that laws.sha256 names from a checkout of bundestag/gesetze into
# files/ and checks that they are the versions the questions were written from.
set -eu
from=$(cd "${1:?usage: collect.sh FOLDER_OF_LAWS}" && pwd)
cd "$(dirname "$0")"
while read -r _ law; do
	mkdir -p "files/$(dirname "$law")"
	install -m 644 "$from/$law" "files/$law"
done <laws.sha256
cd files && sha256sum --check --quiet ../laws.sha256
