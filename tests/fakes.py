"""Whole ports in memory, for flows and pages."""
