"""Joins ports to adapters: the one package that knows everyone."""

from feedhub.wiring.house import House

__all__ = ["House"]
