"""One contract a table, in a folder a department. Importing this package registers them all in `TABLES`."""

from __future__ import annotations

import importlib
import pkgutil

from data.contracts.base import TABLES, Table

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)

__all__ = ["TABLES", "Table"]
