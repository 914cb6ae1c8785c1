"""体检: the visits, the campaigns and the cases."""
