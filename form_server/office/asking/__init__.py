"""“May I ask you something?”: questions and requests for a talk, on their way from a form to the ledger."""
