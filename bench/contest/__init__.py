"""Who takes part: feedhub and its peers, each in a process of its own, all asking the same origin."""
