"""Pages for readers (`news`, `digest`, `files`), and for the press unit (`desk`, `issues`)."""
