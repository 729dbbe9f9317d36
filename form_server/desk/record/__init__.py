"""The record: who looked at what and who changed it, and the proof that nobody changed the record."""
