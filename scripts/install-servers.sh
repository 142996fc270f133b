#!/usr/bin/env bash
# Debian's packages of the programs whose real errors `pnpm bench errors` provokes: PostgreSQL, Chromium, and the
# locales in which programs speak French, German and Chinese. For CI; where there is no apt or no right to use it,
# nothing is installed, and the bench says which tools it skipped.
set -u
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo 'install-servers: no apt-get, or not root; nothing installed'
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
missing=()
[ -n "$(ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ] || missing+=(postgresql)
command -v chromium >/dev/null || missing+=(chromium chromium-l10n)
command -v locale-gen >/dev/null || missing+=(locales)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "install-servers: ${missing[*]}"
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
    echo 'install-servers: apt-get failed; the bench skips what is not there'
fi
if [ -w /etc/locale.gen ] && ! locale -a | grep -qi 'zh_CN.utf8'; then
  sed -i -E 's/^# ?((fr_FR|de_DE|zh_CN)\.UTF-8 )/\1/' /etc/locale.gen
  locale-gen >/dev/null 2>&1 || echo 'install-servers: locale-gen failed'
fi
exit 0
