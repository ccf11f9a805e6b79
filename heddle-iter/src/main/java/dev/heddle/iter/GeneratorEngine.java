package dev.heddle.iter;

import java.util.Objects;

/**
 * The engine that runs a body, and the reason.
 *
 * @param kind the engine
 * @param reason one sentence for people; for {@link Kind#VIRTUAL_THREAD} it names what the compiler cannot do
 */
public record GeneratorEngine(Kind kind, String reason) {

  /** The engines. */
  public enum Kind {
    /** The body has become a state machine and runs on the thread that asks for an element. */
    COMPILED,
    /** The body runs as it is on a virtual thread of its own, to which each request is handed over. */
    VIRTUAL_THREAD
  }

  /** Checks the components. */
  public GeneratorEngine {
    Objects.requireNonNull(kind, "kind must not be null");
    Objects.requireNonNull(reason, "reason must not be null");
  }

  @Override
  public String toString() {
    return kind + ": " + reason;
  }
}
