"""The accuracy profile: text in every look that a detector must see, and hard
negatives that look like text and are none.

A case (`cases.py`) says what one image shows; `compose.py` draws it. Train and
test split share no font, no name, no label, no letter height, no nominal
contrast and no background.
"""
