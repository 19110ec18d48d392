"""Days that are played: feedhub's own tick, leases, store and sandbox, on a clock that skips what nobody works in."""
