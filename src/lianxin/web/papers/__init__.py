"""Printed papers: letters, posters, receipts, forms."""
