"""What the use cases need from outside, as protocols: storage, clock, keys, rule packs.

The records are named in annotations alone: whoever needs one imports its module, so that a start
does not wait for all of them.
"""
