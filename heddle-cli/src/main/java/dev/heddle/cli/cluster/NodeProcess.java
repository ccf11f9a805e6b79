package dev.heddle.cli.cluster;

import dev.heddle.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node in a process of its own, started as {@code heddle node}. It ends with this program, however that ends, since it reads its
 * standard input.
 */
record NodeProcess(Process process, String address) implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("node at (\\S+) of .*");
  private static final long LONGEST_END_SECONDS = 5;

  /**
   * Starts a node and waits until it is a member.
   *
   * @param join the address of another node; empty for the first
   */
  static NodeProcess start(Path secret, String cluster, int slots, String join) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
        Main.class.getName(), "node", "--secret-file", secret.toString(), "--name", cluster, "--slots",
        String.valueOf(slots),
        "--end-with-input"));
    if (!join.isEmpty()) {
      command.addAll(List.of("--join", join));
    }
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      Matcher matcher = STARTED.matcher(String.valueOf(line));
      if (!matcher.matches()) {
        throw new IOException("a node did not start; its output was: " + line);
      }
      return new NodeProcess(process, matcher.group(1));
    } catch (Throwable e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Ends it at once, as a power failure would. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      boolean _ = process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
