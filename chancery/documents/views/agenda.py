"""The Secretariat's forms for the agenda of a session."""

from .desk import documents_desk

planning = item = item_removal = paper = paper_removal = documents_desk
