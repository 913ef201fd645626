"""One handler a request: each answers with one decision or with every reason against it."""
