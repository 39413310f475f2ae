"""What mentions sound like: models, languages, themes, how good they are (docs/sentiment.md)."""
