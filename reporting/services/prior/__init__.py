"""The model that employers share for small surveys: consent, and pooling. Only `pooling` needs numpy."""
