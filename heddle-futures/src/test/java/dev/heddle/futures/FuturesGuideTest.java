package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/futures.md are those that run here. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuturesGuideTest {

  /** Stands for a crawler. */
  private static final class Crawler {
    static String fetch(URI uri) {
      return "page of " + uri.getHost();
    }

    /** Pages 1 to 20, each with links to two. */
    static List<URI> linksOf(URI page) {
      int number = Integer.parseInt(page.getPath().substring(1));
      return List.of(page.resolve("/" + (number * 2 % 20 + 1)), page.resolve("/" + (number * 3 % 20 + 1)));
    }
  }

  @Test
  void outcomes_ofTheGuide_addUp(@TempDir Path folder) throws IOException {
    Path there = Files.writeString(folder.resolve("there"), "12345");
    List<Path> files = List.of(there, folder.resolve("not there"), there);
    long total = 0;
    List<String> failed = new ArrayList<>();
    // begin
    try (Executor pool = ThreadPool.virtual()) {
      MapOptions often = MapOptions.defaults().withRetry(Retry.times(3));
      for (MapOutcome<Path, Long> each : pool.mapOutcomes(often, Files::size, files)) {
        if (each.succeeded()) {
          total += each.result();
        } else {
          failed.add(each.input() + " after " + each.attempts() + " attempts: " + each.failure());
        }
      }
    }
    // end
    assertThat(total).isEqualTo(10);
    assertThat(failed).singleElement().asString().contains("not there after 3 attempts: java.nio.file.NoSuchFileException");
    assertThatTheGuideShows(0);
  }

  @Test
  void limits_ofTheGuide_letEverythingThrough() throws IOException {
    List<URI> uris = List.of(URI.create("http://a.example"), URI.create("http://b.example"),
        URI.create("http://a.example/2"));
    List<String> pages;
    Future<String> login;
    // begin
    Limit polite = Limit.rate(Rate.perSecond(50).withBurst(10));
    KeyedLimit<String> perHost = KeyedLimit.concurrent(2);
    MapOptions limited = MapOptions.defaults().withLimit((URI uri) -> perHost.forKey(uri.getHost()).and(polite));
    try (Executor pool = ThreadPool.virtual()) {
      pages = pool.map(limited, Crawler::fetch, uris).toList();
      login = pool.submit(TaskOptions.limitedBy(polite), () -> Crawler.fetch(uris.getFirst()));
    }
    // end
    assertThat(pages).containsExactly("page of a.example", "page of b.example", "page of a.example");
    assertThat(login.result()).isEqualTo("page of a.example");
    assertThatTheGuideShows(1);
  }

  private record Trip(String weather, String hotel) {}

  private static String weatherOf(String city) {
    return "sun in " + city;
  }

  private static String hotelIn(String city) {
    return "hotel in " + city;
  }

  @Test
  void scopes_ofTheGuide_end() throws IOException {
    String city = "Bergen";
    try (Executor pool = ThreadPool.of(2)) {
      // begin
      Trip trip = TaskScope.call(pool, ScopeOptions.untilFailure().withTimeout(Duration.ofSeconds(5)), scope -> {
        Future<String> weather = scope.submit(() -> weatherOf(city));
        Future<String> hotel = scope.submit(() -> hotelIn(city));
        return new Trip(weather.result(), hotel.result());
      });
      String fastest = TaskScope.call(
          pool, ScopeOptions.untilSuccess(),
          scope -> Futures.firstResult(List.of(scope.submit(() -> hotelIn(city)), scope.submit(() -> hotelIn(city)))));
      // end
      assertThat(trip).isEqualTo(new Trip("sun in Bergen", "hotel in Bergen"));
      assertThat(fastest).isEqualTo("hotel in Bergen");
    }
    assertThatTheGuideShows(2);
  }

  private static final class Busy extends Exception {
    Duration retryAfter() {
      return Duration.ofMillis(1);
    }
  }

  @Test
  void retries_ofTheGuide_succeed() throws IOException {
    // begin
    Retry careful = Retry.times(5) // pauses of 100 ms, 200 ms, …, up to half of each random
        .when(Busy.class)
        .withPauseOf(Busy.class, Busy::retryAfter) // the server knows better
        .withDeadline(Duration.ofSeconds(30)) // for all attempts and pauses
        .withBudget(RetryBudget.of(0.2)); // of the pool: one retry for five tasks, and a reserve
    Executor api = ThreadPool.virtual(PoolOptions.defaults().withRetry(careful));
    // end
    AtomicInteger attempts = new AtomicInteger();
    assertThat(api.submit(() -> {
      if (attempts.incrementAndGet() < 4) {
        throw new Busy();
      }
      return "there";
    }).result()).isEqualTo("there");
    api.close();
    assertThatTheGuideShows(3);
  }

  private static List<Integer> linksOf(int page) {
    return List.of(page * 2 % 100, page * 3 % 100);
  }

  @Test
  void crawler_ofTheGuide_ends() throws IOException {
    Set<Integer> seen = new HashSet<>();
    try (Executor pool = ThreadPool.of(2)) {
      // begin
      AsCompleted<Future<List<Integer>>> pages = Futures.asCompleted(List.of(pool.submit(() -> linksOf(1))));
      for (Future<List<Integer>> page : pages) {
        for (int link : page.result()) {
          if (seen.add(link)) {
            pages.add(pool.submit(() -> linksOf(link)));
          }
        }
      }
      // end
    }
    assertThat(seen).hasSizeGreaterThan(20);
    assertThatTheGuideShows(4);
  }

  @Test
  void frontier_ofTheGuide_findsAll() throws IOException {
    URI start = URI.create("http://a.example/1");
    // begin
    Frontier<URI> found = Frontier.of(start);
    try (Executor pool = ThreadPool.virtual()) {
      for (MapOutcome<URI, List<URI>> each : pool.mapOutcomesUnordered(Crawler::linksOf, found)) {
        if (each.succeeded()) {
          found.addAll(each.result());
        }
      }
    }
    // end
    assertThat(found.size()).isEqualTo(20);
    assertThatTheGuideShows(5);
  }

  @Test
  void progress_ofTheGuide_tellsOfAll() throws IOException {
    List<URI> uris = List.of(URI.create("http://a.example"), URI.create("http://b.example"));
    List<String> pages = new ArrayList<>();
    // begin
    ProgressOptions options = ProgressOptions.named("download").withTotal(uris.size())
        .withListener(ProgressListener.lines(System.err::println));
    try (Executor pool = ThreadPool.virtual(); ProgressMeter progress = ProgressMeter.start(options)) {
      for (MapOutcome<URI, String> each : progress.over(pool.mapOutcomes(Crawler::fetch, uris))) {
        pages.add(each.result());
      }
    }
    // end
    assertThat(pages).containsExactly("page of a.example", "page of b.example");
    assertThatTheGuideShows(6);
  }

  @Test
  void frontier_thatTasksAddTo_takesThemToo() {
    Frontier<Integer> found = Frontier.of(1);
    List<Integer> results = new ArrayList<>();
    try (Executor pool = ThreadPool.of(3)) {
      for (int each : pool.mapUnordered(n -> {
        if (n < 50) {
          found.addAll(List.of(2 * n, 2 * n + 1));
        }
        return n;
      }, found)) {
        results.add(each);
      }
    }
    assertThat(results).hasSize(99).doesNotHaveDuplicates();
  }

  private static void assertThatTheGuideShows(int index) throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/heddle/futures/FuturesGuideTest.java"));
    String program = source.split("    // begin\n", -1)[index + 1].split("    // end\n", -1)[0];
    String guide = Files.readString(Path.of("../docs/futures.md"));
    assertThat(withoutLayout(guide)).contains(withoutLayout(program));
  }

  /** The guide lays its programs out for readers, the formatter for the source. */
  private static String withoutLayout(String text) {
    return text.replaceAll("\\s+", "");
  }
}
