"""burntind under more load than it can serve, and under faults."""
