"""The only place where library, search, comparison and state meet. `workspace.Workspace` is the engine."""
