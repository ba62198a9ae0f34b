"""The steps of the database's schema, run at start (`app/database.py`)."""
