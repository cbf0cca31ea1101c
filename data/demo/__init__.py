"""The demo company: one generator a topic, seeded, of any size. `docs/demo.md` tells what happened there."""

from data.demo.company import NAME
from data.demo.generate import DEFAULT_ORDERS, DEFAULT_SEED, generate

__all__ = ["DEFAULT_ORDERS", "DEFAULT_SEED", "NAME", "generate"]
