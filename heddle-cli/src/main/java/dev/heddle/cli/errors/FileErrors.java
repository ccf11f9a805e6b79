package dev.heddle.cli.errors;

import dev.heddle.cli.terminal.ControlCharacters;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes failures of files in words, without the names of exceptions. */
public final class FileErrors {
  private FileErrors() {}

  /** Returns what is wrong, with the file if the exception names it. */
  public static String describe(IOException failure) {
    String text = switch (failure) {
      case NoSuchFileException missing ->
        missing.getFile() + ": the file or its folder does not exist; create the folder first";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied; choose another file";
      case FileAlreadyExistsException exists -> exists.getFile() + ": it exists already";
      case NotDirectoryException file -> file.getFile() + ": it is not a folder";
      case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
      default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
    return ControlCharacters.escape(text);
  }
}
