"""Superior documents, petitions to the committee, implementation plans, the meetings that push them."""
