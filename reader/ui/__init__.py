"""The terminal app. The only importer of Textual; knows the engine by ui.engine alone."""
