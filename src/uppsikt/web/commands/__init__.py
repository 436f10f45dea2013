"""The commands. What they say is Swedish, for those who run the program."""
