package dev.heddle.subprocess;

/** Which of a pipeline's exit codes is that of the whole. */
public enum PipeFailure {
  /**
   * The last one that is not allowed, as with a shell's {@code pipefail}; but a process that was killed by SIGPIPE (141),
   * because the next one had read enough and ended well, has not failed. The default.
   */
  ANY,
  /** As {@link #ANY}, and SIGPIPE is a failure too: exactly a shell's {@code pipefail}. */
  ANY_OR_SIGPIPE,
  /** That of the last process, as with a shell without {@code pipefail}. */
  LAST
}
