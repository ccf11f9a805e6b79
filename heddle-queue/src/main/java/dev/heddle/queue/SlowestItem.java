package dev.heddle.queue;

import java.time.Duration;

/**
 * The item that took the longest in a stage.
 *
 * @param index which one of the stage's items it was, counted from 0
 * @param time how long it took
 * @param text the item as text, shortened to 80 characters, control characters escaped; empty if it took less than half of
 *     the run until then, or less than 10 ms
 */
public record SlowestItem(long index, Duration time, String text) {}
