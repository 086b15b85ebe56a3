"""Villages govern themselves: what the law counts in elections and meetings."""
