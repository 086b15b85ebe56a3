"""The yearly file of a deputy: score, checking, objections, the group's view, the decision, the archive."""
