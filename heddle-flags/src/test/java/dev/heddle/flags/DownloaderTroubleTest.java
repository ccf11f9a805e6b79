package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.flags.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are interrupted, that have nowhere to write to, and whose workers are killed. */
@Timeout(60)
final class DownloaderTroubleTest extends DownloaderFixture {

  @ParameterizedTest
  @EnumSource
  void run_interrupted_partialReportAndNoHalfFile(Style style) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    server.handle("/some/", DownloaderFixture::image);
    for (String hanging : List.of("jp", "mx", "us")) {
      server.handle("/some/" + hanging + "/", exchange -> {
        exchange.sendResponseHeaders(200, 3);
        exchange.getResponseBody().write(new byte[2]);
        exchange.getResponseBody().flush();
        try {
          never.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt(); // the server closes
        }
      });
    }
    Downloader downloader = new Downloader(server.uri("/some"), folder, OPTIONS);
    DownloadReport report = downloader.run(style, List.of("BR", "FR", "JP", "MX", "US"), outcome -> {
      arrived.add(outcome);
      if (arrived.size() == 2) {
        Thread.currentThread().interrupt();
      }
    });
    assertThat(report.interrupted()).isTrue();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(report.all(FlagOutcome.Saved.class)).extracting(FlagOutcome::code).containsExactlyInAnyOrder("BR", "FR");
    assertThat(report.all(FlagOutcome.Cancelled.class)).extracting(FlagOutcome::code)
        .containsExactlyInAnyOrder("JP", "MX", "US");
    if (style == Style.PROCESSES) { // a worker that is killed leaves what it has, to be gone on with
      assertThat(files()).contains("br.svg", "fr.svg").allMatch(name -> name.startsWith("br") || name.startsWith("fr")
          || name.endsWith(".part"));
    } else {
      assertThat(files()).containsExactly("br.svg", "fr.svg");
    }
    assertThat(dir.resolve("SHA256SUMS")).content().contains("br.svg", "fr.svg");
  }

  /** In a process of its own, whose files may not be larger than what the third flag would need: as if the disk were full. */
  @ParameterizedTest
  @EnumSource
  void run_diskFull_endsWithTheReason(Style style) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no sh to limit the size of files");
    Process process = new ProcessBuilder("/bin/sh", "-c", "ulimit -f 300 && exec \"$@\"", "sh", java.toString(),
        "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), FullDisk.class.getName(),
        dir.resolve("full").toString(),
        style.name())
        .redirectErrorStream(true)
        .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said).contains("stopped: cannot write to " + dir.resolve("full"), "File too large").contains("failed 1");
      assertThat(process.waitFor()).isZero();
      try (var left = Files.list(dir.resolve("full"))) {
        assertThat(left.map(file -> file.getFileName().toString())).contains("br.svg").doesNotContain("rs.svg",
            "rs.svg.part");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Downloads three flags; the file of the third is larger than 300 blocks of 512 bytes. */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String[] args) throws Exception {
      try (FlagServer server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
          FlagFolder folder = FlagFolder.open(Path.of(args[0]))) {
        DownloadReport report = new Downloader(server.base(), folder, OPTIONS.withMaxConnections(1))
            .run(Style.valueOf(args[1]), List.of("BR", "FR", "RS"), _ -> {});
        System.out.println("stopped: " + report.stopped());
        System.out.println("failed " + report.count(FlagOutcome.Failed.class));
      }
    }
  }

  @Test
  void run_folderGone_endsWithTheReason() throws Exception {
    Files.delete(dir.resolve(".lock"));
    Files.delete(dir);
    DownloadReport report = run("/flags", Style.SEQUENTIAL, Countries.POP20, OPTIONS);
    assertThat(report.stopped()).contains("cannot write to " + dir);
    assertThat(report.count(FlagOutcome.Cancelled.class)).isEqualTo(19);
    Files.createDirectory(dir);
  }

  @Test
  void run_workerKilled_itsFlagIsAskedForAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.handle("/some/", exchange -> {
      if (asked.getAndIncrement() == 0) {
        killWorkers();
        exchange.close();
      } else {
        DownloaderFixture.image(exchange);
      }
    });
    DownloadReport report = run("/some", Style.PROCESSES, List.of("BR"), OPTIONS);
    assertThat(report.outcomes())
        .containsExactly(new FlagOutcome.Saved("BR", 2, dir.resolve("br.svg"), 3, 3, Sha256.of(new byte[3])));
    assertThat(files()).containsExactly("br.svg");
  }

  @Test
  void run_workerKilledEachTime_othersAreDownloaded() throws Exception {
    server.handle("/some/br/", exchange -> {
      killWorkers();
      exchange.close();
    });
    server.handle("/some/us/", DownloaderFixture::image);
    DownloadOptions oneByOne = OPTIONS.withMaxConnections(1); // or the worker of the other flag is killed, too
    DownloadReport report = run("/some", Style.PROCESSES, List.of("BR", "US"), oneByOne);
    assertThat(report.all(FlagOutcome.Saved.class)).extracting(FlagOutcome::code).containsExactly("US");
    assertThat(report.all(FlagOutcome.Failed.class)).singleElement().satisfies(flag -> {
      assertThat(flag.attempts()).isEqualTo(4);
      assertThat(flag.reason()).startsWith("the worker process crashed: ");
    });
  }

  /** This JVM has no other children. */
  private static void killWorkers() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }
}
