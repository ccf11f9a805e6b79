package dev.heddle.cookbook.everyday;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The {@link Crawler} by {@code java.util.concurrent}. */
public final class CrawlerTwin {
  private static final long NANOS_PER_REQUEST = 1_000_000_000 / 200;

  private final Web web;
  private final Map<String, Semaphore> perHost = new ConcurrentHashMap<>();
  private long nextRequest = System.nanoTime();

  private CrawlerTwin(Web web) {
    this.web = web;
  }

  /** Collects the titles of all pages that can be reached, and the failures of the others. */
  public static void crawl(Web web, URI start, Map<URI, String> titles, Map<URI, String> failures)
      throws InterruptedException {
    new CrawlerTwin(web).crawl(start, titles, failures);
  }

  @SuppressWarnings("CollectionUndefinedEquality") // futures are told apart by identity
  private void crawl(URI start, Map<URI, String> titles, Map<URI, String> failures) throws InterruptedException {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<Web.Page> pages = new ExecutorCompletionService<>(pool);
      Map<Future<Web.Page>, URI> open = new HashMap<>();
      Set<URI> seen = new HashSet<>(Set.of(start));
      open.put(pages.submit(() -> fetch(start)), start);
      try {
        while (!open.isEmpty()) {
          Future<Web.Page> done = pages.take();
          URI address = open.remove(done);
          try {
            Web.Page page = done.get();
            titles.put(address, page.title());
            for (URI link : page.links()) {
              if (seen.add(link)) {
                open.put(pages.submit(() -> fetch(link)), link);
              }
            }
          } catch (ExecutionException e) {
            failures.put(address, String.valueOf(e.getCause()));
          }
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private Web.Page fetch(URI address) throws Exception {
    for (int attempt = 1;; attempt++) {
      Semaphore permits = perHost.computeIfAbsent(address.getHost(), _ -> new Semaphore(2, true));
      Duration pause;
      permits.acquire();
      try {
        awaitTurn();
        return web.page(address);
      } catch (Web.Busy e) {
        if (attempt == 3) {
          throw e;
        }
        pause = e.retryAfter();
      } finally {
        permits.release();
      }
      Thread.sleep(pause);
    }
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
