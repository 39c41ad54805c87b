"""Pages of decisions: the register, silence, the room, follow-up, the chair."""
