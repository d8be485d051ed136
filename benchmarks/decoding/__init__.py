"""Compares the detector's decoders with those that others wrote.

`compare.py` asks whether the pixels are equal, `speed.py` what they cost.
"""
