"""Several people at one desk: who is on what, who hands it to whom, who waits and who has room.

It stays out of sight where one person works alone.
"""
