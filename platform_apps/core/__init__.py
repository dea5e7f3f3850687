"""The ground under everything that members do: writing by API, mail, personal parts of pages. It knows no feature."""
