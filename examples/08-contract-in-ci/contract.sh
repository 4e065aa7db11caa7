#!/bin/sh
# Both checks in one step, for any pipeline with a shell:
#   BASE_URL=https://staging.example.test AI_TICKET_CREATOR_TOKEN=… sh contract.sh
# Exit code: 0 passed, 1 failed, 2 inconclusive.
set -eu

if [ -z "${BASE_URL:-}" ]; then
  echo 'contract.sh: BASE_URL must be the address of the backend, such as https://staging.example.test' >&2
  exit 2
fi

# Not npx, which ends with 1 when the package is not installed, as if a case had failed.
verify=node_modules/.bin/ai-ticket-creator-verify

# A failure outweighs an inconclusive result.
worst=0
check() {
  code=0
  "$verify" "$@" || code=$?
  case $code in
    0) ;;
    1) worst=1 ;;
    130 | 143) exit "$code" ;;
    *) [ "$worst" -eq 1 ] || worst=2 ;;
  esac
}

check check-usage usage/*.json --generation current --format junit=reports/usage.xml

set -- --base-url "$BASE_URL" --mode "${MODE:-read-only}" --generation "${GENERATION:-auto}"
if [ -f contract-baseline.json ]; then set -- "$@" --baseline contract-baseline.json; fi
check "$@" --format junit=reports/contract.xml

case $worst in
  0) echo 'contract.sh: passed' ;;
  1) echo 'contract.sh: failed; each failure above names the command that runs it again' ;;
  *) echo 'contract.sh: inconclusive; the reason is above' ;;
esac
exit "$worst"
