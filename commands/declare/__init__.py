"""What people declare: benchmarks, prices of rate cards, costs and values."""
