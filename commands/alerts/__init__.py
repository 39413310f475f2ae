"""Alert rules, and the incidents that they open."""
