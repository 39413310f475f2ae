"""The questions and how they are answered: catalogue, periods, questions, answers, charts."""
