"""Group plans, activities, sign-in and presence."""
