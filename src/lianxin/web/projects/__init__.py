"""Pages: livelihood projects: from a resident's wish to the vote, the milestones and the year-end test."""
