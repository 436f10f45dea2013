"""Tools that make the data files the package ships; run by a developer, by hand."""
