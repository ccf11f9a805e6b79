package dev.heddle.codec;

/**
 * What many tasks have in common: the call sites their lambdas come from. A worker must be told the definition once,
 * before the first task that refers to it; the task itself is then little more than an id and the captured values.
 *
 * <p>Immutable; ids are unique within one {@link TaskEncoder}.
 */
public final class Site {
  private final int id;
  private final byte[] definition;

  Site(int id, byte[] definition) {
    this.id = id;
    this.definition = definition;
  }

  /** The number by which a task refers to this site. */
  public int id() {
    return id;
  }

  /** What {@link TaskDecoder#define} must be given; a few hundred bytes. */
  public byte[] definition() {
    return definition.clone();
  }

  @Override
  public String toString() {
    return "site " + id;
  }
}
