"""What commands show to people; the data comes ready-made."""
