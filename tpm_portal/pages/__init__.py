"""The pages that belong to no content app: home, search, changes, collections, sitemap, errors."""
