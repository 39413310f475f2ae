"""What a team is told about its customers: promises at risk, and who waits at opening time."""
