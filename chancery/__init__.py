"""Chancery: an intergovernmental organisation's whole process, kept as a record of acts."""

__version__ = "0.1.0"
