"""Plain content pages and the contact form."""
