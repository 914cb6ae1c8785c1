"""What the tests share: leak and log guards."""
