package dev.heddle.cookbook.everyday;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** {@link LegacyReports} by {@code java.util.concurrent} and {@link ProcessBuilder}: a JVM for each order. */
public final class LegacyReportsTwin {
  private LegacyReportsTwin() {}

  /** The program of a child process: renders one order. */
  public static void main(String[] order) throws InterruptedException {
    System.out.print(Legacy.render(order[0]));
  }

  /** Returns a line for each order, in their order. */
  public static List<String> render(List<String> orders, Duration longest) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      try {
        List<Future<String>> replies = new ArrayList<>();
        for (String order : orders) {
          replies.add(pool.submit(() -> renderOne(order, longest)));
        }
        for (Future<String> reply : replies) {
          try {
            lines.add(reply.get());
          } catch (ExecutionException e) {
            lines.add("crashed");
          }
        }
      } finally {
        pool.shutdownNow();
      }
    }
    return lines;
  }

  private static String renderOne(String order, Duration longest)
      throws IOException, InterruptedException, ExecutionException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    Process process = new ProcessBuilder(java, "-cp", path, LegacyReportsTwin.class.getName(), order)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      Future<byte[]> output = CompletableFuture.supplyAsync(() -> readAll(process));
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return "took too long";
      }
      if (process.exitValue() != 0) {
        return "crashed";
      }
      return new String(output.get(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] readAll(Process process) {
    try {
      return process.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
