"""Training of the network that reads one line of text."""
