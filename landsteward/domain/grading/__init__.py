"""亩均效益评价: schemes as data, who is in scope, scores, ranks and grades (`domain.md` §2)."""
