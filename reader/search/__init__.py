"""Full-text search: query language, analysis, ranking, snippets; Whoosh lives in search.whoosh."""
