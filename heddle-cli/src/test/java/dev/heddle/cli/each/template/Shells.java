package dev.heddle.cli.each.template;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The shells that may be sh, as far as they are installed here. */
final class Shells {
  static final List<List<String>> INSTALLED = Stream
      .of(List.of("sh"), List.of("dash"), List.of("bash", "--posix"), List.of("bash"), List.of("busybox", "sh"))
      .filter(shell -> isInstalled(shell.getFirst()) && !isLink(shell)).toList();

  private Shells() {}

  private static boolean isInstalled(String program) {
    return path(program).findFirst().isPresent();
  }

  /** Whether a shell is sh under another name. */
  private static boolean isLink(List<String> shell) {
    return !shell.getFirst().equals("sh") && shell.size() == 1
        && path("sh").map(Shells::real).toList()
            .contains(path(shell.getFirst()).map(Shells::real).findFirst().orElseThrow());
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static Stream<Path> path(String program) {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator)).map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable);
  }
}
