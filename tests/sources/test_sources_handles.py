"""A handle stays what it is; a name becomes one that can be typed."""

import pytest

from storage.sources.origin import make_handle


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("kaffe", "kaffe"),
        ("_kaffe_", "_kaffe_"),
        ("Kaffe.", "kaffe."),
        ("@Acme_Official", "acme_official"),
        ("Cosmetics Brand", "cosmetics-brand"),
        ("Räksmörgås & Co.", "räksmörgås-co"),
    ],
)
def test_handles_are_kept_and_names_are_joined(written: str, handle: str) -> None:
    """“_kaffe_” and “kaffe” are two accounts: their numbers must not be added."""
    assert make_handle(written) == handle
