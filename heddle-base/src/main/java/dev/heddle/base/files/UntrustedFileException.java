package dev.heddle.base.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Thrown when a file is not used because another user may control it. The message names the file, the reason and the remedy.
 */
public final class UntrustedFileException extends FileSystemException {
  private final String problem;
  private final String remedy;

  /**
   * Creates an exception.
   *
   * @param problem what is wrong with the file, to follow its name
   * @param remedy what to do about it
   */
  public UntrustedFileException(Path file, String problem, String remedy) {
    super(file.toString(), null, problem + "; " + remedy);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Returns what is wrong with the file, to follow its name. */
  public String problem() {
    return problem;
  }

  /** Returns what to do about it. */
  public String remedy() {
    return remedy;
  }
}
