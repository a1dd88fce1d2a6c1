"""What the user keeps: marks, notes, saved searches, merged and split stories."""
