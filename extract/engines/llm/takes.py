"""What an endpoint takes: how it can be asked for JSON, and which parameters. Found out once, and remembered."""

from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.modes import AUTO, MODES, Mode, after, as_mode
from extract.engines.llm.parameters import Changes, adapted


class Takes:
    """Of one endpoint, for each model.

    Args:
        cache: where it is remembered, beside the answers.
        base_url: of the endpoint.
        mode: `auto`, or the mode that the user chose and that is kept.
    """

    def __init__(self, cache: AnswerCache, base_url: str, mode: str) -> None:
        self._cache = cache
        self._base_url = base_url
        self._auto = mode == AUTO
        self._fixed = as_mode(mode)
        self._modes: dict[str, Mode] = {}
        self._changes: dict[str, Changes] = {}
        self._unproved: set[str] = set()

    def mode(self, model: str) -> Mode | None:
        """The mode for a model, where it is settled."""
        if not self._auto:
            return self._fixed
        if model not in self._modes:
            remembered = as_mode(self._cache.mode(self._base_url, model))
            if remembered is None:
                return None
            self._modes[model] = remembered
        return self._modes[model]

    def simpler(self, model: str, tried: Mode | None, *, refused: bool) -> Mode | None:
        """The mode to try next, after one was refused or answered with talk.

        Args:
            model: of the question.
            tried: the mode, where it is being found out; None where it was settled.
            refused: the endpoint did not take the question. A settled mode that is refused is forgotten, for the
                endpoint changed, and all are tried again.

        Returns:
            None where there is none, or the mode is not to blame.
        """
        if tried is not None:
            return after(tried)
        if not (self._auto and refused):
            return None
        self._modes.pop(model, None)
        self._cache.remember_mode(self._base_url, model, None)
        return MODES[0]

    def changes(self, model: str) -> Changes:
        """How parameters have to be changed, as far as is known."""
        if model not in self._changes:
            self._changes[model] = self._cache.changes(self._base_url, model)
        return self._changes[model]

    def adapt(self, model: str, refused: list[str]) -> bool:
        """Change parameters after a refusal, for this question and all others.

        Args:
            model: of the question.
            refused: parameters that were refused in it, the latest last.

        Returns:
            False where nothing can be done about it.
        """
        changes = adapted(self.changes(model), refused)
        if changes is None:
            return False
        self._changes[model] = changes
        self._unproved.add(model)
        return True

    def proved(self, model: str, tried: Mode | None) -> None:
        """A good answer came: what was found out on the way to it holds for all that follow, in later runs too."""
        if tried is not None:
            self._modes[model] = tried
            self._cache.remember_mode(self._base_url, model, tried)
        if model in self._unproved:
            self._unproved.remove(model)
            self._cache.remember_changes(self._base_url, model, self._changes[model])
