package dev.heddle.iter.compiler;

import org.jspecify.annotations.Nullable;

/** Says why a body cannot become a state machine; its message is a sentence for the user. */
public final class Unsupported extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean accessDenied;

  Unsupported(String reason) {
    this(reason, null, false);
  }

  Unsupported(String reason, @Nullable Throwable cause, boolean accessDenied) {
    super(reason, cause);
    this.accessDenied = accessDenied;
  }

  /** Whether a {@code Lookup} on the body's class might help. */
  public boolean accessDenied() {
    return accessDenied;
  }
}
