package dev.heddle.cli.each;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The temporary folder for the output of jobs; deleted with its files on close. */
record JobFolder(Path path) implements AutoCloseable {

  static JobFolder create() throws IOException {
    return new JobFolder(Files.createTempDirectory("heddle-each-"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> left = Files.list(path)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }
}
