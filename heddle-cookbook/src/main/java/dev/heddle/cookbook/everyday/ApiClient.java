package dev.heddle.cookbook.everyday;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.futures.RetryBudget;
import dev.heddle.futures.ThreadPool;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Asks an API about many accounts: four at once, 100 per second, and again after the pause that a busy server asks for. */
public final class ApiClient {
  private ApiClient() {}

  /** Returns a line for each account, in their order: its balance, or why there is none. */
  public static List<String> balances(Web web, List<URI> accounts) {
    Retry retry = Retry.times(5)
        .when(Web.Busy.class)
        .withPauseOf(Web.Busy.class, Web.Busy::retryAfter)
        .withDeadline(Duration.ofSeconds(30))
        .withBudget(RetryBudget.of(0.5));
    MapOptions options = MapOptions.defaults().withRetry(retry).withLimit(Limit.rate(Rate.perSecond(100)));
    try (Executor pool = ThreadPool.virtual(4)) {
      return pool.mapOutcomes(options, web::number, accounts)
          .map(each -> each.input().getPath() + ": " + (each.succeeded() ? each.value() : each.failure()))
          .toList();
    }
  }
}
