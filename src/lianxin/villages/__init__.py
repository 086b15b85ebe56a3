"""Villages govern themselves: disclosure, meetings, and what the law counts in them."""
