"""What is measured in a running browser; with the test environment's Playwright."""
