"""The history of the tables, run by `form_server.ledger.migrate`."""
