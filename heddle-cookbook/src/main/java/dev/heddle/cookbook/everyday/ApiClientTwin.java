package dev.heddle.cookbook.everyday;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The {@link ApiClient} by {@code java.util.concurrent}. */
public final class ApiClientTwin {
  private static final long NANOS_PER_REQUEST = 1_000_000_000 / 100;
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Web web;
  private final Semaphore slots = new Semaphore(4, true);
  private long nextRequest = System.nanoTime();
  private double retriesLeft = 10;

  private ApiClientTwin(Web web) {
    this.web = web;
  }

  /** Returns a line for each account, in their order: its balance, or why there is none. */
  public static List<String> balances(Web web, List<URI> accounts) throws InterruptedException {
    ApiClientTwin client = new ApiClientTwin(web);
    List<String> lines = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        List<Future<Long>> balances = new ArrayList<>();
        for (URI account : accounts) {
          balances.add(pool.submit(() -> client.balance(account)));
        }
        for (int i = 0; i < accounts.size(); i++) {
          String path = accounts.get(i).getPath();
          try {
            lines.add(path + ": " + balances.get(i).get());
          } catch (ExecutionException e) {
            lines.add(path + ": " + e.getCause());
          }
        }
      } finally {
        pool.shutdownNow();
      }
    }
    return lines;
  }

  private long balance(URI account) throws Exception {
    long begun = System.nanoTime();
    synchronized (this) {
      retriesLeft = Math.min(1_000, retriesLeft + 0.5);
    }
    for (int attempt = 1;; attempt++) {
      Duration pause;
      awaitTurn();
      slots.acquire();
      try {
        return web.number(account);
      } catch (Web.Busy e) {
        pause = e.retryAfter();
        Duration late = Duration.ofNanos(System.nanoTime() - begun).plus(pause);
        if (attempt == 5 || late.compareTo(DEADLINE) >= 0 || !takeRetry()) {
          throw e;
        }
      } finally {
        slots.release();
      }
      Thread.sleep(pause);
    }
  }

  private synchronized boolean takeRetry() {
    if (retriesLeft < 1) {
      return false;
    }
    retriesLeft--;
    return true;
  }

  private void awaitTurn() throws InterruptedException {
    long turn;
    synchronized (this) {
      turn = Math.max(nextRequest, System.nanoTime());
      nextRequest = turn + NANOS_PER_REQUEST;
    }
    Thread.sleep(Duration.ofNanos(Math.max(0, turn - System.nanoTime())));
  }
}
