"""Settings: who is told, hours and closings, and time off; and the page behind the menu."""
