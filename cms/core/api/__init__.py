"""The manners of the API: problem details, cursors, parameters, rendering, throttling."""
