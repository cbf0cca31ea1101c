"""Every chart of the catalogue: one entry a chart in its department's module."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pages.kit.drawings import customer_service, finance, hr, marketing, operations, product, technology
from pages.kit.drawings.chart import Chart

_DEPARTMENTS = (operations, marketing, product, technology, customer_service, finance, hr)
CHARTS: Mapping[str, Chart] = MappingProxyType(
    {name: one for part in _DEPARTMENTS for name, one in part.CHARTS.items()}
)
