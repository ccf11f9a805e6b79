package dev.heddle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A temporary folder for what jobs write, removed with what is left in it. */
record EachCommandFolder(Path path) implements AutoCloseable {

  static EachCommandFolder create() throws IOException {
    return new EachCommandFolder(Files.createTempDirectory("heddle-each-"));
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
