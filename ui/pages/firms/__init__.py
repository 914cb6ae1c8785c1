"""第三方机构: firms with their records, one firm, one contract."""
