from cms.core.page_parts import Area, register_page_part

from . import samples
from .components import footer, head, share

register_page_part(area=Area.HEAD, name="sharing", component=head)
register_page_part(area=Area.END, name="sharing", component=share)
register_page_part(area=Area.FOOTER, name="sharing", component=footer)
samples.register()
