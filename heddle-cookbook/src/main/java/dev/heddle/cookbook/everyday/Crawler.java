package dev.heddle.cookbook.everyday;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Frontier;
import dev.heddle.futures.KeyedLimit;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.futures.ThreadPool;
import java.net.URI;
import java.util.Map;

/** Follows the links of a site: each page once, two requests at once for each host, 200 per second in all. */
public final class Crawler {
  private Crawler() {}

  /** Collects the titles of all pages that can be reached, and the failures of the others. */
  public static void crawl(Web web, URI start, Map<URI, String> titles, Map<URI, String> failures) {
    KeyedLimit<String> perHost = KeyedLimit.concurrent(2);
    Limit polite = Limit.rate(Rate.perSecond(200));
    MapOptions options = MapOptions.defaults()
        .withLimit((URI page) -> perHost.forKey(page.getHost()).and(polite))
        .withRetry(Retry.times(3).when(Web.Busy.class).withPauseOf(Web.Busy.class, Web.Busy::retryAfter));
    Frontier<URI> found = Frontier.of(start);
    try (Executor pool = ThreadPool.virtual()) {
      for (MapOutcome<URI, Web.Page> each : pool.mapOutcomesUnordered(options, web::page, found)) {
        if (each.succeeded()) {
          titles.put(each.input(), each.result().title());
          found.addAll(each.result().links());
        } else {
          failures.put(each.input(), String.valueOf(each.failure()));
        }
      }
    }
  }
}
