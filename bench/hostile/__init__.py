"""Publishers that harm, and what the good ones feel of them."""
