package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Looks for threads that a server or a client left behind. */
final class Leaks {
  private static final List<String> OURS = List.of("HTTP-Dispatcher", "HttpClient-", "idle-timeout", "req-rsp-timeout");

  private Leaks() {}

  /** Waits for threads that are told to end already, and fails if one does not. */
  static void assertNone() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (OURS.stream().anyMatch(thread.getName()::startsWith)) {
        thread.join(5_000);
        assertThat(thread.isAlive()).as("thread %s lives on", thread.getName()).isFalse();
      }
    }
  }
}
