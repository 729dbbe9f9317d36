"""A referral as it leaves the desk: as JSON, as FHIR, as a line of a table. Values in, text out.

Nothing here opens a seal, reads the ledger or touches a disk.
"""
