#!/bin/sh
# Runs uv with the arguments given. Needs Python 3.11-3.13 and nothing else: where uv is missing it is installed
# into .uv/, a private environment of this checkout. Never downloads a Python.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never

fail() {
    printf '错误：%s\nError: %s\n' "$1" "$2" >&2
    exit 2
}

# The first working Python that gongkai runs on. A name on PATH may be an empty shim, so each is tried.
find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue
        "$name" -c 'import sys; print(sys.executable)'
        return
    done
    fail "没有找到 Python 3.11、3.12 或 3.13。请先安装，例如：apt install python3 python3-venv，或者以 UV_PYTHON=路径 指定。" \
        "no Python 3.11, 3.12 or 3.13 found. Install one (apt install python3 python3-venv) or name one: UV_PYTHON=/path/to/python."
}

install_uv() {
    python=$(find_python) || exit 2
    echo "正在安装 uv 到 .uv/ …（installing uv）" >&2
    rm -rf .uv
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        fail "$python 缺少 venv 模块，不能建立环境。请安装它（Debian、Ubuntu：apt install python3-venv），或者自行安装 uv 后重试。" \
            "$python has no venv module. Install it (Debian, Ubuntu: apt install python3-venv), or install uv yourself, and try again."
    fi
    "$python" -m venv .uv || { rm -rf .uv; fail "不能在 .uv/ 建立环境。" "could not create the environment .uv/."; }
    if ! .uv/bin/python -m pip install --quiet --disable-pip-version-check uv; then
        rm -rf .uv
        fail "下载 uv 失败。请检查网络或者 pip 的镜像设置（pip config list），然后重试。" \
            "could not download uv. Check the network or pip's index settings (pip config list) and try again."
    fi
}

if uv --version >/dev/null 2>&1; then
    uv=uv
else
    uv=.uv/bin/uv
    "$uv" --version >/dev/null 2>&1 || install_uv
fi

# An environment that is there keeps its Python; a new one takes the newest that gongkai runs on.
if [ -z "${UV_PYTHON:-}" ] && ! "${UV_PROJECT_ENVIRONMENT:-.venv}/bin/python" --version >/dev/null 2>&1; then
    UV_PYTHON=$(find_python) || exit 2
    export UV_PYTHON
fi
exec "$uv" "$@"
