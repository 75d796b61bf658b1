"""The content that the portal starts with, looked at in a database that is prepared once a run."""
