"""Makes DICOM files with and without burnt-in text, and the truth about them.

Sample `index` of a run depends on (seed, split, index) and nothing else: not on
how many samples are made, in which order, or in which process.
"""
