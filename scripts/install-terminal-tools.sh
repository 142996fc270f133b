#!/usr/bin/env bash
# Programs whose real errors `pnpm bench packs --path` provokes and that few machines have. Into a folder of its own:
#   scripts/install-terminal-tools.sh /opt/terminal-tools
#   pnpm bench packs --path /opt/terminal-tools/node_modules/.bin:/opt/terminal-tools/py/bin
# CI does without them: a family whose programs are missing is skipped by name.
set -eu
folder=${1:?the folder to install into}
mkdir -p "$folder"
cd "$folder"
[ -e package.json ] || npm init -y >/dev/null
npm install --no-audit --no-fund yarn@1 pnpm@9 bun deno gulp gulp-cli grunt grunt-cli typescript eslint jest prettier \
  vite webpack webpack-cli @angular/cli
[ -e py ] || /usr/bin/python3 -m venv py
py/bin/pip install --quiet ansible-core awscli black django flask httpie invoke mypy pipenv poetry pytest ruff tox uv
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get install -y -qq --no-install-recommends adb cargo composer dnf elixir gh git-lfs leiningen pacman-package-manager
fi
