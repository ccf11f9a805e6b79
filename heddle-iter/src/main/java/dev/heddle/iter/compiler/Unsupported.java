package dev.heddle.iter.compiler;

import org.jspecify.annotations.Nullable;

/** Says why a body cannot become a state machine; its message is a sentence for the user. */
public final class Unsupported extends Exception {
  private static final long serialVersionUID = 1;

  /** What is to be done about it. */
  public enum Kind {
    /** The body has to be changed, or runs on the fallback engine. */
    BODY,
    /** A {@code Lookup} on the body's class might help. */
    ACCESS_DENIED,
    /** The class file is newer than the virtual machine: the program should be started again. */
    NEW_CLASS_FILE,
    /** Nothing: it was asked for. */
    ASKED_FOR
  }

  private final Kind kind;

  Unsupported(String reason) {
    this(reason, Kind.BODY);
  }

  Unsupported(String reason, Kind kind) {
    super(reason);
    this.kind = kind;
  }

  Unsupported(String reason, @Nullable Throwable cause, boolean accessDenied) {
    super(reason, cause);
    this.kind = accessDenied ? Kind.ACCESS_DENIED : Kind.BODY;
  }

  /** What is to be done about it. */
  public Kind kind() {
    return kind;
  }
}
