package dev.heddle.benchmarks.measure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of the libraries and programs that Heddle is measured beside. */
public final class PeerVersions {
  private static final Map<String, String> JARS = new LinkedHashMap<>();
  private static final List<String> PROGRAMS = List.of("python3", "xargs", "parallel", "curl");

  static {
    JARS.put("Kotlin", "kotlin-stdlib");
    JARS.put("Kotlin coroutines", "kotlinx-coroutines-core-jvm");
    JARS.put("Jox", "channels");
    JARS.put("Reactor", "reactor-core");
    JARS.put("Hazelcast", "hazelcast");
    JARS.put("JMH", "jmh-core");
  }

  private PeerVersions() {}

  /** Returns them by their names: of libraries by the names of their jars, of programs as they tell it; those there are. */
  public static Map<String, String> all() throws InterruptedException {
    Map<String, String> versions = new LinkedHashMap<>();
    String path = System.getProperty("java.class.path");
    JARS.forEach((name, jar) -> {
      Matcher found = Pattern.compile(Pattern.quote(File.separator + jar) + "-(\\d[\\w.-]*)\\.jar").matcher(path);
      if (found.find()) {
        versions.put(name, found.group(1));
      }
    });
    for (String program : PROGRAMS) {
      String said = firstLine(program);
      if (!said.isEmpty()) {
        versions.put(program, said);
      }
    }
    return versions;
  }

  private static String firstLine(String program) throws InterruptedException {
    try {
      Path said = Files.createTempFile("heddle-version", ".txt");
      try {
        Process process = new ProcessBuilder(program, "--version").redirectErrorStream(true).redirectOutput(said.toFile())
            .start();
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
        return Files.readString(said).lines().findFirst().orElse("");
      } finally {
        Files.deleteIfExists(said);
      }
    } catch (IOException absent) {
      return "";
    }
  }
}
