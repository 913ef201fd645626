"""Every word a person reads: catalogues, notices, documents, and the one Jinja environment."""
