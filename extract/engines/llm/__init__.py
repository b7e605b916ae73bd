"""The language-model engine: any OpenAI-compatible endpoint, held to the same checks as the rules."""
