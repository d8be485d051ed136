"""Makes DICOM files of every pixel layout, transfer syntax and place of text.

Each file shows one made-up patient's name at a known place. `catalogue.py`
lists the files for transfer syntax and layout, `places.py` those for text
elsewhere than in an ordinary frame. File `name` of a run depends on the seed
and `name` and nothing else.
"""
