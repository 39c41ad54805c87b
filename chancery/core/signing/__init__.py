"""Signatures on what is handed out as a file: who signs (`identity`), and the signed PDF (`pades`)."""
