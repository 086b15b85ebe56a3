#!/bin/sh
# The tests need Debian's Chromium (its shell without windows is half as heavy), poppler and belenios-tool; install them where we may, else say what is missing.
set -eu
missing=""
command -v msgfmt >/dev/null || missing="gettext"
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
command -v belenios-tool >/dev/null || missing="$missing belenios-tool"
fc-list 2>/dev/null | grep -qi cjk || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing fontconfig >/dev/null
else
  echo "测试需要这些 Debian 软件包：$missing（请用 apt-get install 安装）" >&2
  exit 1
fi
