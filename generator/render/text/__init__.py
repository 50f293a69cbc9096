"""Text as markup: the words of telegrams, headers and Markdown pages."""
