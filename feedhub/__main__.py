"""`python -m feedhub` is `feedhub`."""

from feedhub.cli import main

if __name__ == "__main__":
    main()
