#!/bin/sh
# Installs what the tests need beside Python: PostgreSQL, Chromium, a Chinese font, pdftotext; only what is missing,
# with apt as root. Where that is not possible it says what to install.
set -eu

has_postgresql() {
    command -v pg_ctl || ls /usr/lib/postgresql/*/bin/pg_ctl /usr/pgsql-*/bin/pg_ctl
}
has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_chinese_font() { fc-list :lang=zh-cn family | grep .; }
has_pdftotext() { command -v pdftotext; }

missing() {
    has_postgresql >/dev/null 2>&1 || echo postgresql
    has_chromium >/dev/null 2>&1 || echo chromium
    has_chinese_font >/dev/null 2>&1 || echo fontconfig fonts-noto-cjk
    has_pdftotext >/dev/null 2>&1 || echo poppler-utils
}

packages=$(missing | tr '\n' ' ')
[ -n "$packages" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "正在安装测试所需的软件：$packages（installing what the tests need）" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # one word a package
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
    packages=$(missing | tr '\n' ' ')
    [ -n "$packages" ] || exit 0
fi
printf '错误：测试还需要：%s。请安装后重试，例如：sudo apt install %s\n' "$packages" "$packages" >&2
printf 'Error: the tests also need: %s. Install them and try again.\n' "$packages" >&2
exit 2
