"""What everybody may read: feeds, and pages about what is in them."""
