"""Pages of the news and the Digest: for readers (`news`, `digest`, `files`), and for the press unit (`desk`, `issues`)."""
