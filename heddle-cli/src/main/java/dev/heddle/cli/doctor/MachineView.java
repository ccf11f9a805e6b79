package dev.heddle.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a machine that the checks read; tests give others.
 *
 * @param root the folder that {@code /proc} and {@code /sys} are in
 */
record MachineView(Map<String, String> environment, Map<String, String> properties, Path root) {

  static MachineView here() {
    Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, name -> Objects.requireNonNullElse(System.getProperty(name), "")));
    return new MachineView(System.getenv(), properties, Path.of("/"));
  }

  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  /** Returns the text of a file below the root; empty if it cannot be read, as on systems that have none. */
  Optional<String> text(String file) {
    try {
      return Optional.of(Files.readString(root.resolve(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a program is in a folder of the PATH. */
  boolean hasProgram(String name) {
    return Stream.of(variable("PATH").split(":")).filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
