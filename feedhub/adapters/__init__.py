"""The outside world, made to fit the ports."""
