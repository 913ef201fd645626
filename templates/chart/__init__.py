"""The drawing of the wall chart: what it shows, where everything lies, how wide words are."""
