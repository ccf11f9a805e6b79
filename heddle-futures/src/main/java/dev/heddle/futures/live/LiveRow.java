package dev.heddle.futures.live;

/**
 * A line of the view: a thing with a name, its state, and figures. Filled by the one thread that describes it.
 *
 * <p>The form is the same for every kind of thing, so that a viewer of another version shows what it knows and ignores the
 * rest.
 */
public final class LiveRow {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 4_000;

  final String kind;
  final String id;
  final String parent;
  final String name;
  String type = "";
  String state = "";
  String text = "";
  long age = -1;
  private final StringBuilder figures = new StringBuilder();

  LiveRow(String kind, String id, String parent, String name) {
    this.kind = kind;
    this.id = id;
    this.parent = parent;
    this.name = shortened(name, LONGEST_NAME);
  }

  /** Sets the sort of thing within its kind: "threads", "processes". */
  public LiveRow type(String value) {
    type = shortened(value, LONGEST_NAME);
    return this;
  }

  /** Sets what it is doing, in a word or two. */
  public LiveRow state(String value) {
    state = shortened(value, LONGEST_NAME);
    return this;
  }

  /** Sets a sentence or a place in the program. */
  public LiveRow text(String value) {
    text = shortened(value, LONGEST_TEXT);
    return this;
  }

  /** Sets for how many nanoseconds it has existed, or been under way. */
  public LiveRow age(long nanos) {
    age = Math.max(0, nanos);
    return this;
  }

  /** Adds a figure. */
  public LiveRow figure(String key, long value) {
    figures.append(figures.isEmpty() ? "" : " ").append(key).append('=').append(value);
    return this;
  }

  String figures() {
    return figures.toString();
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
