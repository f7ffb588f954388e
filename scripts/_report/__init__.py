"""What `scripts.report` puts on the page: each module works out one part of it, `page` puts them together."""
