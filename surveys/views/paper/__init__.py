"""Codes on paper: HR's pages (`lists`, `slips`), and behind `entry` the pages where employees type them."""
