package dev.heddle.base.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Thrown when a file is not used because another user may control it. The message names the file, the reason and the remedy. */
public final class UntrustedFileException extends FileSystemException {

  /** Creates an exception. */
  UntrustedFileException(Path file, String reason) {
    super(file.toString(), null, reason);
  }
}
