package dev.heddle.dispatch;

/**
 * A task in the form in which a channel sends it: made by an engine's {@link TaskCodec}, passed through by the dispatcher,
 * and understood by the engine's channels. Thread-safe.
 */
public interface Payload {

  /** Frees what the payload holds outside the heap: the task is not sent any more. Idempotent. */
  void release();
}
