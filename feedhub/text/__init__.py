"""Small pure tools that steps share."""
