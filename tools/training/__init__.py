"""Trains the model that reads a text as a whole (`uppsikt.checks.text.model`)."""
