"""Training of the network that finds where text is."""
