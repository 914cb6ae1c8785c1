"""亩均评价: runs by year, a new run, one run, one enterprise's score."""
