"""What is read out of numbers: tests, trends, drivers, benchmarks, the best posts."""
