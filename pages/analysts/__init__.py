"""The pages of those who bring data in and look after it."""
