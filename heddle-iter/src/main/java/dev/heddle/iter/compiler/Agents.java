package dev.heddle.iter.compiler;

import dev.heddle.base.JvmStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Java agents of this virtual machine. One may change the code of any class, and there is no way to see that of a method
 * that is not running. So bodies are compiled only if there is no agent, or none but those that are known to leave such code
 * alone. One that is attached besides a harmless one of the command line is not seen.
 */
final class Agents {
  /** Set to true for agents that leave the code of bodies alone. */
  static final String TRUST = "dev.heddle.iter.trustAgents";

  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final String LIBRARY = "libinstrument";
  private static final String OPTION = "-javaagent:";
  private static final Pattern HARMLESS = Pattern
      .compile("(idea_rt|debugger-agent|opentelemetry-javaagent|jmx_prometheus_javaagent).*\\.jar");

  private static volatile @Nullable String found; // an agent does not go away

  private Agents() {}

  /** Whether an agent that may change code has been found by now. */
  static boolean isFound() {
    return found != null;
  }

  /** Looks for an agent that may change code; returns null if there is none. */
  static @Nullable String look() {
    if (Boolean.getBoolean(TRUST)) {
      return null;
    }
    String agent = found;
    if (agent == null && isLoaded()) {
      agent = found = find();
    }
    return agent;
  }

  /** Refuses a host whose code an agent may have changed. */
  static void check(Class<?> host) throws Unsupported {
    String agent = look();
    if (agent != null) {
      throw new Unsupported("a Java agent (" + agent + ") may have changed the code of " + host.getName()
          + ", so that its class file need not hold the code that runs; if the agent leaves the code of generators and coroutines"
          + " alone, start the program with -D" + TRUST + "=true", Unsupported.Kind.AGENT);
    }
  }

  /** Whether there is an agent: the library for them is loaded, or, where that cannot be seen, an option names one. */
  private static boolean isLoaded() {
    try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.contains(LIBRARY));
    } catch (IOException e) { // without a free descriptor the management's library could not be loaded either, and then never
      return !Files.exists(MAPS) && JvmStart.options().stream().anyMatch(option -> option.startsWith(OPTION));
    }
  }

  /** Returns the agent that may change code; null if all are known to be harmless. */
  private static @Nullable String find() {
    List<String> jars = JvmStart.options().stream().filter(option -> option.startsWith(OPTION)).map(Agents::jar).toList();
    return jars.isEmpty()
        ? "attached while the program runs"
        : jars.stream().filter(jar -> !HARMLESS.matcher(jar).matches()).findFirst().orElse(null);
  }

  /** Returns the name of the jar in an option, whose argument may have slashes, too. */
  static String jar(String option) {
    String path = option.substring(OPTION.length()).split("=", 2)[0];
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
