package dev.heddle.codec;

/**
 * The definition of the classes that the tasks of one call site consist of: lambdas and records. A worker must receive it
 * once, before the first task that refers to it by its {@link #id}; the task itself is then little more than this id and the
 * captured values.
 *
 * <p>Immutable; ids are unique within one {@link TaskEncoder}.
 */
public final class SiteDefinition {
  private final int id;
  private final byte[] definition;

  /**
   * Creates a definition.
   *
   * @param definition not copied, must not be changed
   */
  public SiteDefinition(int id, byte[] definition) {
    this.id = id;
    this.definition = definition;
  }

  /** Returns the number by which a task refers to this definition. */
  public int id() {
    return id;
  }

  /** Returns the argument for {@link TaskDecoder#define}; a few hundred bytes. */
  public byte[] definition() {
    return definition.clone();
  }

  @Override
  public String toString() {
    return "site " + id;
  }
}
