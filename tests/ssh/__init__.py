"""Tests of the door to the hosts, against real SSH servers."""
