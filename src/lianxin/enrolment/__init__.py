"""登记入册: a congress enters its own deputies, the units that handle matters, and the staff who sign in."""
