"""Silences as their pages show them: which there are, what was said, who was told."""

from .choices import (
    Addressees,
    addressees,
    latest,
    led_by,
    notes,
    proposable,
    recommendations,
    sessions,
    soon,
    version_page,
)
from .followed import Followed, draft
from .listing import awaiting, in_order, listed, seen_by, silence_page, weightiest
from .service import served, service

__all__ = [
    "Addressees", "Followed", "addressees", "awaiting", "draft", "in_order", "latest", "led_by", "listed", "notes",
    "proposable", "recommendations", "seen_by", "served", "service", "sessions", "silence_page", "soon",
    "version_page", "weightiest",
]  # fmt: skip
