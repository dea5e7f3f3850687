from cms.core.api.pagination import SortKey, read_time

from .enums import Order

ORDERINGS: dict[str, SortKey] = {
    # Mirrored, so that one index serves it in either direction.
    Order.NEWEST: SortKey("created_at", read_time, is_descending=True, is_mirrored=True),
    Order.NAME: SortKey("folded_name", str),
}
