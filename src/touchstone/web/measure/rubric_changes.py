"""What changed in how work is judged, from one version to the next."""

from django.utils.translation import gettext as _

from touchstone.core.content import Item


def between(earlier: Item, later: Item) -> list[str]:
    """Sentences about criteria, levels and the passing rule; empty when work is judged as before."""
    old = {row.key: row for row in earlier.rubric.criteria}
    new = {row.key: row for row in later.rubric.criteria}
    found = [_("New criterion: %(title)s.") % {"title": new[key].title} for key in new if key not in old]
    found += [_("Criterion removed: %(title)s.") % {"title": old[key].title} for key in old if key not in new]
    for key in (key for key in new if key in old and new[key] != old[key]):
        if [level.key for level in new[key].levels] != [level.key for level in old[key].levels]:
            found.append(_("Other levels for %(title)s.") % {"title": new[key].title})
        else:
            found.append(_("Other words for %(title)s.") % {"title": new[key].title})
    if later.passing_rule != earlier.passing_rule:
        found.append(_("Another passing line."))
    if later.scoring != earlier.scoring:
        found.append(_("Another way of reading: how often work is read twice, or by whom."))
    return found
