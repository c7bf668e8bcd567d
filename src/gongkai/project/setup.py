"""Start Django for a command of an installation."""

from __future__ import annotations

import os
import pkgutil
from pathlib import Path

import click

from .home import home, prepare


def start(*, migrated: bool = True) -> None:
    """Set Django up on the installation of ``GONGKAI_HOME``, whose folder is made when it is not there.

    With ``migrated`` a database that has not been set up (or is older than the program) is an error that says
    what to run, and so are keys of personal fields that cannot be used. Raises ``click.ClickException``.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
    try:
        prepare(home())
    except OSError as error:
        raise click.ClickException(
            f"不能建立安装目录 {home()}：{error.strerror}。请以 GONGKAI_HOME 指定可写的目录。"
        ) from error
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(f"设置不对：{error}。请改正环境变量。") from error
    if migrated:
        from gongkai.ledger.fields import keyring

        try:
            keyring()
        except (ImproperlyConfigured, OSError) as error:
            raise click.ClickException(f"个人信息的密钥不能用：{error} 请运行 gongkai doctor。") from error
        require_migrated()


def require_migrated() -> None:
    """Raise ``click.ClickException`` unless every migration has been applied."""
    from django.db import DatabaseError, connection

    try:
        waiting = pending_migrations()
    except DatabaseError as error:
        raise click.ClickException(
            f"连不上数据库（{connection.vendor}）：{error}。请检查 DATABASE_URL 或者 GONGKAI_HOME。"
        ) from error
    if waiting:
        raise click.ClickException("数据库还没有建好，或者比程序旧。请先运行：gongkai manage migrate")


def pending_migrations() -> int:
    """How many migrations are still to be applied, by their names alone: Django's own loader imports them all,
    which takes longer than most commands. Raises ``django.db.DatabaseError``.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connection).applied_migrations())
    shipped = {
        (config.label, module.name)
        for config in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(config.path) / "migrations")])
        if not module.name.startswith("_")
    }
    return len(shipped - applied)
