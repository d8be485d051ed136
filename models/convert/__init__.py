"""Deterministic rewriting of the OCR networks for OpenCV 4.6's DNN module."""
