"""The privacy pack: what is kept, who may touch it, who looked, and what to do on a bad day."""
