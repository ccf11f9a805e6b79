package dev.heddle.subprocess;

/** The rule that selects the exit code of a pipeline among those of its processes. */
public enum PipeFailure {
  /**
   * The last one that is not allowed, as with a shell's {@code pipefail}; but a process that was killed by SIGPIPE (141),
   * because the next one had read enough and succeeded, has not failed. The default.
   */
  ANY,
  /** As {@link #ANY}, but SIGPIPE is a failure too: exactly a shell's {@code pipefail}. */
  ANY_OR_SIGPIPE,
  /** The exit code of the last process, as with a shell without {@code pipefail}. */
  LAST
}
