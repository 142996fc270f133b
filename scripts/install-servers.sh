#!/usr/bin/env bash
# Debian's packages of the programs whose real errors `pnpm bench errors` provokes: servers, command lines, and the
# locales in which programs speak French, German and Chinese. For CI; where there is no apt or no right to use it,
# nothing is installed, and the bench says which tools it skipped. With --all also those that no test needs.
set -u
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo 'install-servers: no apt-get, or not root; nothing installed'
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
missing=()
[ -n "$(ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ] || missing+=(postgresql)
command -v chromium >/dev/null || missing+=(chromium chromium-l10n)
command -v mariadbd >/dev/null || missing+=(mariadb-server-core)
command -v redis-server >/dev/null || missing+=(redis-server)
for name in gcc gnupg:gpg jq perl procps:ps psmisc:killall openssl openssh-client:ssh sqlite3 unzip wget xz-utils:xz zip; do
  command -v "${name#*:}" >/dev/null || missing+=("${name%:*}")
done
for name in binutils:readelf bison cpio gawk gettext:msgfmt libglib2.0-bin:gio m4 mercurial:hg ncal:cal php-cli:php ripgrep:rg rsync \
  ruby sharutils:uudecode subversion:svn; do
  command -v "${name#*:}" >/dev/null || missing+=("${name%:*}")
done
[ -e /usr/share/locale/fr/LC_MESSAGES/util-linux.mo ] || missing+=(util-linux-locales)
[ -e /usr/lib/php/*/pdo_sqlite.so ] || missing+=(php-sqlite3)
for name in click jsonschema requests sqlalchemy yaml; do
  [ -e "/usr/lib/python3/dist-packages/$name" ] || missing+=("python3-$name")
done
if [ "${1:-}" = --all ]; then
  for name in 7zip:7zz aria2:aria2c bind9-dnsutils:dig bind9-host:host borgbackup:borg chromium-driver:chromedriver cron:crontab datamash \
    dnsmasq-base:dnsmasq docker-compose fossil gnuplot-nox:gnuplot graphviz:dot gron haproxy httpie:http jo ldap-utils:ldapsearch ledger \
    libimage-exiftool-perl:exiftool libxml2-utils:xmllint memcached meson nasm nginx-light:nginx nox poppler-utils:pdftotext qpdf slapd \
    socat sox sqlite-utils taskwarrior:task xmlstarlet xsltproc yt-dlp; do
    command -v "${name#*:}" >/dev/null || missing+=("${name%:*}")
  done
  [ -e /usr/lib/*/firebird/3.0/plugins/libEngine12.so ] || missing+=(firebird3.0-server-core)
  for name in apache2-bin:apache2 docker-registry etcd-client:etcdctl etcd-server:etcd firebird3.0-utils:isql-fb influxdb:influxd \
    mosquitto mosquitto-clients:mosquitto_pub nats-server radicale tarantool; do
    command -v "${name#*:}" >/dev/null || missing+=("${name%:*}")
  done
  for name in black cmake dash elixir fish flake8 gdb gh iproute2:ip lua5.4 make patch r-base-core:R rustc tmux yamllint yq zsh; do
    command -v "${name#*:}" >/dev/null || missing+=("${name%:*}")
  done
  for name in aiohttp apscheduler beancount bs4 cerberus cssselect django docker docx elasticsearch fastapi flask git \
    googleapiclient:googleapi httpx invoke jinja2 kafka kubernetes ldap3 lxml marshmallow openpyxl pandas paramiko peewee.py:peewee \
    pika PIL:pil pony pydantic pymongo pypdf pytest rest_framework:djangorestframework shapely typer voluptuous xlsxwriter; do
    [ -e "/usr/lib/python3/dist-packages/${name%:*}" ] || missing+=("python3-${name#*:}")
  done
fi
command -v locale-gen >/dev/null || missing+=(locales)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "install-servers: ${missing[*]}"
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
    echo 'install-servers: apt-get failed; the bench skips what is not there'
fi
# The compiler's words in other languages come apart from it.
words="gcc-$(gcc -dumpversion 2>/dev/null)-locales"
if [ ! -e /usr/share/locale/fr/LC_MESSAGES/"${words%-locales}".mo ]; then
  apt-get install -y -qq --no-install-recommends "$words" >/dev/null 2>&1 || echo "install-servers: no $words"
fi
if [ -w /etc/locale.gen ] && ! locale -a | grep -qi 'zh_CN.utf8'; then
  sed -i -E 's/^# ?((fr_FR|de_DE|zh_CN)\.UTF-8 )/\1/' /etc/locale.gen
  locale-gen >/dev/null 2>&1 || echo 'install-servers: locale-gen failed'
fi
# Tarantool calls itself `lua` where both are there, and waits for input that no script gives it.
if [ "$(readlink -f /usr/bin/lua 2>/dev/null)" = /usr/bin/tarantool ] && [ -x /usr/bin/lua5.4 ]; then
  update-alternatives --set lua-interpreter /usr/bin/lua5.4
fi
exit 0
