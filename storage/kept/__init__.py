"""What is kept, told once for each table; and who is taken out of it again."""
