package dev.heddle.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine and the JVM of a run, in words. */
final class Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  private Machine() {}

  /** Returns the operating system, and the processors with their model where the system tells it. */
  static String describe() {
    int processors = Runtime.getRuntime().availableProcessors();
    return System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch")
        + ", "
        + (processors == 1 ? "1 processor" : processors + " processors") + model();
  }

  private static String model() {
    try (Stream<String> lines = Files.lines(CPUS)) {
      return lines.filter(line -> line.startsWith(MODEL)).findFirst()
          .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")").orElse("");
    } catch (IOException | RuntimeException noneThere) {
      return "";
    }
  }

  /** Returns the version of Java, and who made it. */
  static String java() {
    return Runtime.version() + " (" + System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor") + ")";
  }
}
