"""Names one slip of the pen apart: a sign other, missing, too many, or two neighbours swapped."""


def one_apart(first: str, second: str) -> bool:
    """Whether one slip leads from one text to the other; False where they are the same."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    if len(first) > len(second):
        first, second = second, first
    at = next(
        (at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other),
        len(first),
    )
    if len(first) < len(second):
        return first[at:] == second[at + 1 :]
    swapped = first[at : at + 2] == second[at : at + 2][::-1]
    return first[at + 1 :] == second[at + 1 :] or (swapped and first[at + 2 :] == second[at + 2 :])
