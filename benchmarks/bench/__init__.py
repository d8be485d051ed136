"""burntin-bench: accuracy and speed, the detector's and its peers'."""
