package dev.heddle.cli.live;

import java.util.Map;

/**
 * A thing in the program that is looked at: an executor, a worker, a task … Names and texts are the program's own, and printed
 * escaped only.
 *
 * @param kind "executor", "worker", "task", "exits", "pipeline", "stage", "loop" or "coroutine"; others may come
 * @param id its identity in this frame
 * @param parent the identity of the row that it belongs to; empty for none
 * @param age for how many nanoseconds it exists or has been under way; -1 if that is not told
 * @param figures by name
 * @param text a sentence, or a place in the program
 */
public record FrameRow(
    String kind, String id, String parent, String name, String type, String state, long age, Map<String, Long> figures,
    String text) {

  /** Copies the figures. */
  public FrameRow {
    figures = Map.copyOf(figures);
  }

  /** Returns a figure; 0 if it is not told. */
  public long figure(String key) {
    return figures.getOrDefault(key, 0L);
  }

  /** Whether it is of a kind. */
  public boolean is(String wanted) {
    return kind.equals(wanted);
  }
}
