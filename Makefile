# Everything runs inside the environment that uv.lock pins; scripts/uv.sh brings uv where it is missing.
UV := sh scripts/uv.sh
USE := $(UV) run --frozen --no-dev
DEV := $(UV) run --frozen
PORT ?= 8000
PYTEST := pytest -n 2 -q
# Some machines forbid compiled modules to be kept: each of the many programs that the tests start would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint fmt docs bench test-sqlite test-journeys test-postgres tools

help:  ## 显示可用的目标 (this list)
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## *(.*)/  make \1\t\2/' | expand -t 16

demo:  ## 装好环境，载入演示机关的一年，启动网站；PORT=端口，RESET=1 从头开始 (demonstration)
	GONGKAI_HOME=$${GONGKAI_HOME:-var/demo} $(USE) gongkai demo --port $(PORT) $(if $(RESET),--reset)

serve:  ## 启动 GONGKAI_HOME 所指的安装；PORT=端口 (serve an installation)
	$(USE) gongkai serve --port $(PORT)

test: lint docs test-sqlite test-journeys test-postgres  ## CI 所运行的一切 (everything that CI runs)

lint:  ## 格式、静态检查、类型、楼层 (ruff, mypy, import-linter)
	$(DEV) ruff format --check
	$(DEV) ruff check
	$(DEV) mypy
	$(DEV) lint-imports

fmt:  ## 整理代码格式 (format the code)
	$(DEV) ruff format
	$(DEV) ruff check --fix

docs:  ## 生成文档到 site/ (build the documentation)
	NO_MKDOCS_2_WARNING=1 $(DEV) mkdocs build --strict --quiet

test-sqlite: tools  ## 除浏览器以外的测试，SQLite (the suite without the browser on SQLite)
	env -u DATABASE_URL $(DEV) $(PYTEST) -m "not journey"

# In a process of their own: they empty the tables after each test, which no other test should meet.
test-journeys: tools  ## 真实浏览器中的过程 (people's ways through the pages in a real browser)
	env -u DATABASE_URL $(DEV) $(PYTEST) -m journey tests/journeys

test-postgres: tools  ## 用到数据库的测试，PostgreSQL (what uses a database, on a server of its own)
	$(DEV) python scripts/with_postgres.py $(PYTEST) -m "(database or postgres) and not journey"

bench:  ## 每一项性能承诺 (every figure that we promise)
	$(DEV) gongkai bench

tools:
	@sh scripts/install_missing.sh
