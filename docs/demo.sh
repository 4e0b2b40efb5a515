#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows one onboarding from the submission to the tenant's view, on a daemon of its own in a scratch folder.
set -euo pipefail
bin=$1
scratch=$(mktemp -d)
"$bin/onboardd" serve --listen 127.0.0.1:0 --state-dir "$scratch/state" 2>"$scratch/log" &
daemon=$!

finish() {
    status=$?
    trap - EXIT
    if kill -TERM "$daemon" 2>/dev/null; then wait "$daemon" || status=$?; fi
    if [ "$status" -ne 0 ]; then
        echo "the demo failed with $status; the daemon's log:" >&2
        cat "$scratch/log" >&2
    fi
    rm -rf "$scratch"
    exit "$status"
}
trap finish EXIT

until [ -s "$scratch/state/address" ]; do
    kill -0 "$daemon" 2>/dev/null || { echo "the daemon did not start" >&2; exit 1; }
    sleep 0.05
done
ONBOARDD_URL=$(cat "$scratch/state/address")
export ONBOARDD_URL
acme=(--tenant-id acme_corp --company-name "Acme Corporation" --admin-email admin@acme.com --subscription-plan PROFESSIONAL)

say() { printf '\n# %s\n' "$*"; }

say "the daemon answers at $ONBOARDD_URL"
say "onboardctl dryrun: the eight checks, nothing is created"
"$bin/onboardctl" dryrun "${acme[@]}"

say "onboardctl submit, then watch: each step as it happens"
job=$("$bin/onboardctl" submit "${acme[@]}")
echo "$job"
"$bin/onboardctl" watch "$job"

say "onboardctl reveal-key: the tenant's API key, shown once"
"$bin/onboardctl" reveal-key "$job"

say "a second onboarding of acme_corp is refused"
if "$bin/onboardctl" submit "${acme[@]}"; then
    echo "it was not refused" >&2
    exit 1
fi

say "onboardctl view: the tenant's comprehensive view"
"$bin/onboardctl" view acme_corp

say "the daemon stops"
kill -TERM "$daemon"
wait "$daemon"
