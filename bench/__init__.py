"""Figures: how fast the program is, each beside a floor measured in the same run."""
