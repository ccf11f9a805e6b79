package dev.heddle.iter.compiler;

import org.jspecify.annotations.Nullable;

/** Says why a body cannot become a state machine; its message is a sentence for the user. */
public final class Unsupported extends Exception {
  private static final long serialVersionUID = 1;

  /** The remedy. */
  public enum Kind {
    /** The body has to be changed, or runs on the fallback engine. */
    BODY,
    /** A {@code Lookup} on the body's class might help. */
    ACCESS_DENIED,
    /** The class file is newer than the virtual machine: the program should be started again. */
    NEW_CLASS_FILE,
    /** There is a Java agent, which may have to be trusted. */
    AGENT,
    /** The class loader may have to be trusted. */
    LOADER,
    /** Nothing: it was asked for. */
    ASKED_FOR
  }

  private final Kind kind;

  Unsupported(String reason) {
    this(reason, null, Kind.BODY);
  }

  Unsupported(String reason, Kind kind) {
    this(reason, null, kind);
  }

  Unsupported(String reason, @Nullable Throwable cause) {
    this(reason, cause, Kind.BODY);
  }

  Unsupported(String reason, @Nullable Throwable cause, Kind kind) {
    super(reason, cause);
    this.kind = kind;
  }

  /** The remedy. */
  public Kind kind() {
    return kind;
  }
}
