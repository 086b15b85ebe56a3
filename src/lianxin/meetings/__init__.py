"""Meetings of the congress: forums, two-say-one-consult, inspections, research, papers and plans."""
