"""The REST routes, one router per noun."""
