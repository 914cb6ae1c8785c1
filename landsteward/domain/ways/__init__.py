"""Ways out (解决路径) of a finding: what the rule pack says of them, and which are open.

Source: plan item 17 (提出解决路径和方案); `domain.md` §5.
"""
