"""What everything printed has in common: the press (Typst), the fonts, and the measures and colours of the house."""
