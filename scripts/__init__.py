"""What developers and the Makefile run; none of it is shipped."""
