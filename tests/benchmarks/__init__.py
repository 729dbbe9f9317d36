"""Programs that measure, beside what others would have built, in the same run. No test asserts a time."""
