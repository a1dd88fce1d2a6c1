"""What the palette finds: every command that applies, every source, every story. Names are never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.worker import Worker

from reader.ui.app import ReaderApp
from reader.ui.commands import Command, shown_keys
from reader.ui.naming import count
from reader.ui.scope import Scope
from reader.ui.screens.help import commands_on

MOST_STORIES = 2000
"""Stories the palette looks through; a search finds the others."""


def unmarked(text: str) -> str:
    """Text in which nothing can be read as markup; Textual's own `escape` misses some brackets."""
    return text.replace("[", "(").replace("]", ")")


class Palette(CommandPalette):
    """Textual's, but a second Enter that was typed ahead takes no screen away from below it."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, unless it is closed already."""
        self._cancel_gather_commands()
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]  # nobody asks
        # Textual 8.2: a letter that was typed before the palette closed looks for a list that has gone.
        if self.is_current and self.query(CommandList):
            return super()._gather_commands(search_value)
        return None

    def _action_command_list(self, action: str) -> None:
        # Textual 8.2: a page key before the list has lines looks for the first of them.
        with suppress(KeyError):
            super()._action_command_list(action)


class ReaderCommands(Provider):
    """Commands first, then the reader's own programs, saved searches, sources and stories."""

    @property
    def _reader(self) -> ReaderApp:
        app = self.app
        assert isinstance(app, ReaderApp)
        return app

    async def discover(self) -> Hits:
        """Before anything is typed: the commands."""
        # Textual 8.2 parses a hit's help as markup, though not its display: hence `unmarked`.
        for label, help_text, run in (*self._commands(), *self._own_programs()):
            yield DiscoveryHit(Content(label), run, text=label, help=unmarked(help_text))

    async def search(self, query: str) -> Hits:
        """Whatever matches, best first."""
        matcher = self.matcher(query)
        for label, help_text, run in self._everything():
            score = matcher.match(label)
            if score > 0:
                yield Hit(score, Content(label), run, text=label, help=unmarked(help_text))

    def _everything(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        yield from self._commands()
        yield from self._own_programs()
        browse = self._reader.browse
        if not browse.is_open:
            return
        engine = self._reader.engine
        for search in self._reader.keep.searches() if self._reader.keep is not None else ():
            yield f"Saved search: {search.name}", search.query, partial(self._find, search.query)
        for source in engine.sources():
            run = partial(self._show, Scope(source=source.source))
            yield f"Source: {source.source}", count(source.articles, "article"), run
        for story in engine.stories(2)[:MOST_STORIES]:
            run = partial(self._show, Scope(story=story.id))
            yield f"Story: {story.headline or story.id}", " · ".join(story.evidence), run

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        for command in commands_on(self.screen):
            if command.id != "palette":
                yield (
                    f"{command.label}  {shown_keys(command.keys)}",
                    command.help,
                    partial(self._run, command),
                )

    def _own_programs(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        from reader.ui.copying import show_copied
        from reader.ui.screens.programs import edit_file, read_in_pager

        app = self._reader
        yield "Read in the pager", "This article in $PAGER; the app waits", partial(read_in_pager, app)
        yield (
            "Edit the file",
            "This article's file in $EDITOR; read again afterwards",
            partial(edit_file, app),
        )
        yield "Show what was copied", "For terminals without a clipboard", partial(show_copied, app)

    async def _run(self, command: Command) -> None:
        if "app" in command.screens:
            await self.app.run_action(command.action)
        elif self.screen.is_current and self.screen.is_mounted:
            # What was typed ahead may have closed the screen, or it may not be there yet.
            await self.screen.run_action(command.action)

    def _show(self, scope: Scope) -> None:
        self._to_browse()
        self._reader.browse.show_scope(scope)

    def _find(self, query: str) -> None:
        self._to_browse()
        self._reader.browse.open_saved(query)

    def _to_browse(self) -> None:
        app = self._reader
        while len(app.screen_stack) > 1:
            app.pop_screen()
