"""What all content shares: visibility, change tracking, collections, redirects, Markdown, public pages."""
