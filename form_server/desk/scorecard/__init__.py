"""The scorecard: what came of each source, as charts and tables, and where the next hour goes."""
