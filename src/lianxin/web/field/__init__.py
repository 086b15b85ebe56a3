"""The door for work without signal (下乡): a page that lives on the telephone, and what it sends home."""
