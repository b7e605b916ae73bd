"""Who may come in, and how each likes the desk."""
