"""The verbs, one module for each first word; ``cli.VERBS`` says which."""
