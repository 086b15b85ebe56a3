"""Pages: campaigns and guidance: themed years, contests, inspection sheets, supervising deputies."""
