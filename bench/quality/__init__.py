"""How good the text analysis is: each figure beside its bar and beside the peers.

`make bench-quality` runs every part; `python -m bench.quality suite threat` runs one
part, and says which rows of a group went wrong. It never touches the network, except
to install the peers, once, into a folder of their own.
"""
