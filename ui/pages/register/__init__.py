"""Enterprises and parcels: lists and their sheets."""
