"""制度库: parameters with their basis, work calendars, institutions."""
