package dev.heddle.futures.core;

import java.time.Duration;

/** The measurement of a task: how often it was attempted, and for how long. Thread-safe. */
public interface Measured {

  /** Returns how many attempts have begun. */
  int attempts();

  /** Returns the time from the beginning of the first attempt to the end, or until now; zero if none has begun. */
  Duration time();
}
